import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PatternCompiler, type MatchOutcome } from './index.js';

/** Pattern, text, find, matches; a pattern alone is one that Java refuses. Recorded from java.util.regex of Java 17. */
type Row = readonly [pattern: string] | readonly [pattern: string, text: string, find: boolean, matches: boolean];

const ROWS = readFileSync(new URL('java-vectors.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const PATIENT = { limitMs: 5_000 };

/** A row as it looks when this compiler, instead of Java, fills in the results. */
function answered(compiler: PatternCompiler, [pattern, text]: Row): readonly unknown[] {
  const outcome = compiler.compile(pattern);
  if (outcome.kind === 'invalid') return [pattern];
  const given = text ?? '';
  return [pattern, given, told(outcome.pattern.find(given)), told(outcome.pattern.matchesAll(given))];
}

const told = (outcome: MatchOutcome): boolean | string =>
  outcome.kind === 'too-slow' ? outcome.kind : outcome.kind === 'matched';

describe('patterns recorded from Java', () => {
  it('are many, and hold every kind of answer', () => {
    expect(ROWS.length).toBeGreaterThan(2_000);
    expect(ROWS.filter((row) => row.length === 1).length).toBeGreaterThan(100);
    expect(new Set(ROWS.map(([, , find, matches]) => `${find} ${matches}`))).toEqual(
      new Set(['undefined undefined', 'false false', 'true false', 'true true']),
    );
  });

  it('get the same answers as from Java', () => {
    const compiler = new PatternCompiler(PATIENT);

    expect(ROWS.map((row) => answered(compiler, row))).toEqual(ROWS);
  });

  it('get the same answers on the engine of each pattern, which short texts do not reach otherwise', () => {
    const compiler = new PatternCompiler({ ...PATIENT, maxUnguardedSteps: 0 });

    expect(ROWS.map((row) => answered(compiler, row))).toEqual(ROWS);
  });
});
