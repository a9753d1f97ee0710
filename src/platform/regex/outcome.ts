/**
 * Which engine a pattern needs: `literal` is plain comparison; `linear` takes time in proportion to the text;
 * `backtracking` is the native engine under a time limit, for look-around, back-references and the like.
 */
export type PatternEngine = 'literal' | 'linear' | 'backtracking';

/** `too-slow`: the search was given up after `limitMs` milliseconds, so nobody knows whether the text matches. */
export type MatchOutcome =
  | { readonly kind: 'matched' }
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'too-slow'; readonly limitMs: number };

/** A regular expression in the Java dialect, ready to be used any number of times. Never throws. */
export interface CompiledPattern {
  readonly source: string;
  readonly engine: PatternEngine;
  /** Whether the pattern occurs anywhere in the text (Java's `Matcher.find`). */
  find(text: string): MatchOutcome;
  /** Whether the pattern matches the text from its first to its last character (Java's `Matcher.matches`). */
  matchesAll(text: string): MatchOutcome;
}

/** `invalid` carries the reason in words for the pattern's author. */
export type CompileOutcome =
  | { readonly kind: 'compiled'; readonly pattern: CompiledPattern }
  | { readonly kind: 'invalid'; readonly reason: string };

const MATCHED: MatchOutcome = { kind: 'matched' };
const UNMATCHED: MatchOutcome = { kind: 'unmatched' };

export const outcomeOf = (matched: boolean): MatchOutcome => (matched ? MATCHED : UNMATCHED);
