/** What an evaluation may know of the world outside its text and its root. */
export interface EvaluationOptions {
  /** The current time for date functions, in milliseconds since the epoch. */
  readonly now: number;
  /** The longest expression that is evaluated, in characters; without it, or below 1: 10,000. */
  readonly maxLength?: number;
  /** Whether a regular expression matches all of a text; undefined when it is invalid or takes too long. */
  readonly matches: (pattern: string, text: string) => boolean | undefined;
}
