import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expandHash, hasHash, parseCron, TimeZones, validateCron } from './index.js';

/** Rows recorded from the original: Quartz 2.3.2 with the clock in 2026, and the classes around it. */
function rows<Row>(file: string): Row[] {
  const text = readFileSync(new URL(`../../test/vectors/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

const LAST_YEAR = { lastYear: 2126 };
const zones = new TimeZones();

interface NextRow {
  readonly expression: string;
  readonly timezone: string;
  readonly startEpochMs: number;
  readonly valid: boolean;
  readonly error?: string;
  readonly errorOffset?: number;
  readonly next: readonly number[];
}

const NEXT = rows<NextRow>('quartz-next.jsonl');
const ROW_LENGTH = 20;

function nextTimes({ expression, timezone, startEpochMs }: NextRow): Partial<NextRow> {
  const reading = parseCron(expression, LAST_YEAR);
  if (reading.kind === 'invalid') {
    return { valid: false, error: reading.message, errorOffset: reading.offset, next: [] };
  }
  const zone = zones.find(timezone) ?? zones.find('GMT')!;
  const next: number[] = [];
  for (let at: number | undefined = startEpochMs; next.length < ROW_LENGTH; next.push(at)) {
    at = reading.cron.next(at, zone, LAST_YEAR);
    if (at === undefined) break;
  }
  return { valid: true, next };
}

describe('expressions recorded from Quartz', () => {
  it('are refused in the same words, or have the same next times', () => {
    const answered = NEXT.map((row) => ({ ...row, ...nextTimes(row) }));

    expect(answered).toEqual(NEXT);
  });
});

interface HashRow {
  readonly id: string;
  readonly expression: string;
  readonly fuzzy?: boolean;
  readonly fuzzed?: string;
  readonly valid?: boolean;
  readonly throws?: string;
}

const HASH = rows<HashRow>('cron-hash.jsonl');

describe('expressions with H recorded from the original', () => {
  it('expand to the same text', () => {
    for (const { id, expression, fuzzed, fuzzy } of HASH.filter(({ throws }) => throws === undefined)) {
      expect(expandHash(expression, id), expression).toEqual({ kind: 'expanded', expression: fuzzed });
      expect(hasHash(expression), expression).toBe(fuzzy);
    }
  });

  it('are valid for the same texts; the original tried them with the id "temp"', () => {
    for (const { expression, valid } of HASH.filter(({ throws }) => throws === undefined)) {
      const expanded = expandHash(expression, 'temp');
      const reading = expanded.kind === 'expanded' ? parseCron(expanded.expression) : expanded;

      expect(reading.kind, expression).toBe(valid === true ? 'valid' : 'invalid');
    }
  });

  it('are refused where the original runs out of fields', () => {
    for (const { id, expression } of HASH.filter(({ throws }) => throws !== undefined)) {
      const outcome = expandHash(expression, id);

      expect(outcome, expression).toMatchObject({ kind: 'invalid', message: 'Unexpected end of expression.' });
    }
  });
});

interface DescriptionRow {
  readonly expression: string;
  readonly status: number;
  readonly description?: string;
  readonly message?: string;
  readonly exception?: string;
}

const DESCRIPTION = rows<DescriptionRow>('cron-description.jsonl');
/** `0W` is refused on purpose, since Quartz would search for ever (decisions.md 14). */
const recorded = DESCRIPTION.filter((row) => row.exception === undefined && row.expression !== '0 0 0 0W * ?');
const broken = DESCRIPTION.filter(({ exception }) => exception !== undefined);

describe('answers of the validation recorded from the original', () => {
  it('are the same', () => {
    const answers = recorded.map(({ expression }) => ({ expression, ...validateCron(expression, LAST_YEAR) }));

    expect(answers).toEqual(
      recorded.map(({ expression, description, message }) =>
        description === undefined
          ? { expression, kind: 'invalid', message }
          : { expression, kind: 'valid', description },
      ),
    );
  });

  it('are descriptions of our own where its describer broke', () => {
    for (const { expression } of broken.filter(({ status }) => status === 400)) {
      const answer = validateCron(expression, LAST_YEAR);

      expect(answer, expression).toMatchObject({ kind: 'valid', description: expect.stringMatching(/^[A-Z].*\w/) });
    }
  });

  it('are a refusal where there are too few fields', () => {
    for (const { expression } of broken.filter(({ status }) => status === 500)) {
      const answer = validateCron(expression, LAST_YEAR);

      expect(answer.kind, expression).toBe('invalid');
    }
  });
});
