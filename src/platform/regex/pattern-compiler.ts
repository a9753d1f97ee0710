import { keepNewest } from '../bounded/index.js';
import { JavaProperties } from './java-properties.js';
import { LiteralPattern, literalText } from './literal-pattern.js';
import type { CompiledPattern, CompileOutcome } from './outcome.js';
import { JavaParser } from './parser.js';
import { PatternFault } from './pattern-fault.js';
import { RegexPattern } from './regex-pattern.js';
import { relax } from './relax.js';
import { walk, type Node } from './syntax.js';
import { TimeGuard } from './time-guard.js';
import { UnicodeTables } from './unicode-tables.js';

const MAX_SOURCE_LENGTH = 10_000;
/** A class such as `\p{L}` has hundreds of ranges; this many, written out, are a megabyte. */
const MAX_RANGES = 100_000;
/** JavaScript takes half a millisecond to read one word boundary of Java's: as long as for so many ranges. */
const RANGES_OF_BOUNDARY = 500;
const DEFAULT_LIMIT_MS = 50;
/** A few milliseconds at most. */
const DEFAULT_UNGUARDED_STEPS = 1_000_000;
const DEFAULT_MAX_CACHED = 10_000;

export interface PatternCompilerOptions {
  /** How long one search may take on the backtracking engine, in milliseconds; 50 if absent. */
  readonly limitMs?: number;
  /** How many patterns are kept, those used last; 10,000 if absent. */
  readonly maxCached?: number;
  /** Steps the native engine may take without a time limit; a million if absent, 0 sends every search to the pattern's engine. */
  readonly maxUnguardedSteps?: number;
}

/**
 * Compiles the regular expressions that users write, in the dialect of java.util.regex (Java 17, no flags), into patterns
 * that can never hang the process, and keeps the ones in use.
 *
 * What differs from Java: characters by name (`\N{…}`) are refused, and so are a few look-behinds of no limited length
 * that Java lets pass. Under `(?iu)` 'ß' also finds 'ẞ'. A back-reference does not find what its group took in an earlier
 * round of a repetition whose last round left the group out, nor the other case if only part of the pattern ignores it;
 * and one to a group that may be empty and may have taken no part matches as if it had been empty. Classes of Unicode are
 * those of the running JavaScript engine, a few versions newer than Java 17's.
 *
 * @example
 * const outcome = new PatternCompiler().compile('release/.*');
 * if (outcome.kind === 'compiled') outcome.pattern.matchesAll('release/1.2'); // { kind: 'matched' }
 */
export class PatternCompiler {
  private readonly tables = new UnicodeTables();
  private readonly properties = new JavaProperties(this.tables);
  private readonly guard: TimeGuard;
  private readonly maxCached: number;
  private readonly maxUnguardedSteps: number;
  /** In the order of their last use: a map keeps the order of insertion. */
  private readonly cache = new Map<string, CompileOutcome>();

  constructor(options: PatternCompilerOptions = {}) {
    this.guard = new TimeGuard(options.limitMs ?? DEFAULT_LIMIT_MS);
    this.maxCached = options.maxCached ?? DEFAULT_MAX_CACHED;
    this.maxUnguardedSteps = options.maxUnguardedSteps ?? DEFAULT_UNGUARDED_STEPS;
  }

  /** The same source gives the same outcome object as long as it is kept. Never throws. */
  compile(source: string): CompileOutcome {
    const outcome = this.cache.get(source) ?? this.compileNew(source);
    this.cache.delete(source);
    this.cache.set(source, outcome);
    keepNewest(this.cache, this.maxCached);
    return outcome;
  }

  private compileNew(source: string): CompileOutcome {
    try {
      return { kind: 'compiled', pattern: this.patternOf(source) };
    } catch (error) {
      if (error instanceof PatternFault) return { kind: 'invalid', reason: error.message };
      throw error;
    }
  }

  private patternOf(source: string): CompiledPattern {
    if (source.length > MAX_SOURCE_LENGTH) throw new PatternFault(`it is longer than ${MAX_SOURCE_LENGTH} characters`);
    const parsed = new JavaParser(source, this.tables, this.properties).parse();
    if (rangesIn(parsed) > MAX_RANGES) throw new PatternFault('its character classes or word boundaries are too many');
    const root = relax(parsed);
    const literal = literalText(root);
    return literal === undefined ? this.regexPattern(source, root) : new LiteralPattern(source, literal);
  }

  private regexPattern(source: string, root: Node): CompiledPattern {
    const { tables, guard } = this;
    return new RegexPattern({ source, root, tables, guard, maxSteps: this.maxUnguardedSteps });
  }
}

function rangesIn(root: Node): number {
  let ranges = 0;
  for (const node of walk(root)) {
    if (node.kind === 'set') ranges += node.chars.ranges.length;
    if (node.kind === 'assertion' && node.name.endsWith('word-boundary')) ranges += RANGES_OF_BOUNDARY;
  }
  return ranges;
}
