import { RE2JS } from 're2js';
import type { LinearForm } from './linear-form.js';
import { outcomeOf, type MatchOutcome } from './outcome.js';
import type { TimeGuard } from './time-guard.js';

/** Instructions times characters that the linear engine may work through without supervision: 50 ms at worst. */
const MAX_UNGUARDED_WORK = 1_000_000;

const FINAL_TERMINATOR = /(?:\r\n|[\n\r\x85\u2028\u2029])$/;

/** Runs a pattern on the linear engine, RE2 in JavaScript. */
export class LinearSearch {
  private program: RE2JS | undefined;

  constructor(
    private readonly form: LinearForm,
    private readonly guard: TimeGuard,
  ) {}

  /** Whether this engine's answer for the text is Java's. */
  covers(text: string): boolean {
    return !this.form.differsIn.some((texts) => texts.test(text));
  }

  find(text: string): MatchOutcome {
    return this.run(text, (program) => program.test(text) || this.findTrimmed(program, text));
  }

  matchesAll(text: string): MatchOutcome {
    return this.run(text, (program) => program.testExact(text));
  }

  private findTrimmed(program: RE2JS, text: string): boolean {
    if (!this.form.trimsTerminator) return false;
    const trimmed = text.replace(FINAL_TERMINATOR, '');
    return trimmed !== text && program.test(trimmed);
  }

  /** Linear is not always fast: a thousand instructions on a megabyte are a minute. */
  private run(text: string, search: (program: RE2JS) => boolean): MatchOutcome {
    const program = (this.program ??= RE2JS.compile(this.form.source));
    if (program.programSize() * text.length <= MAX_UNGUARDED_WORK) return outcomeOf(search(program));
    const outcome = this.guard.run(() => search(program));
    if (outcome.kind === 'too-slow') this.program = undefined; // its caches were left half-written
    return outcome;
  }
}
