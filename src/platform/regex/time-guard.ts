import { createContext, Script, type Context } from 'node:vm';
import { outcomeOf, type MatchOutcome } from './outcome.js';

interface Sandbox {
  task: () => boolean;
}

/**
 * Runs searches that may never end, and stops them after a time limit. Only `node:vm` can interrupt the native engine in
 * the middle of a match; it costs about 0.1 ms a run, so it is for searches that need it.
 */
export class TimeGuard {
  private readonly script = new Script('task()');
  private sandbox: Sandbox | undefined;

  /** @param limitMs whole milliseconds, at least 1 */
  constructor(readonly limitMs: number) {}

  /** @param task is left wherever the limit finds it: whatever it was changing must not be used again */
  run(task: () => boolean): MatchOutcome {
    try {
      return outcomeOf(this.script.runInContext(this.contextWith(task), { timeout: this.limitMs }) === true);
    } catch (error) {
      if (isGivenUp(error)) return { kind: 'too-slow', limitMs: this.limitMs };
      throw error;
    }
  }

  /** A context takes a millisecond to make: one serves for all runs, which never overlap. */
  private contextWith(task: () => boolean): Context {
    this.sandbox ??= createContext({ task }) as Sandbox;
    this.sandbox.task = task;
    return this.sandbox;
  }
}

/** The time is up, or the native engine has filled its stack, which on a text it could match in time it does not. */
function isGivenUp(error: unknown): boolean {
  return error instanceof RangeError || (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
