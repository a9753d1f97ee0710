import type { EffectState } from '../outbox/index.js';
import type { MissedReason } from '../slots/index.js';

/** What orca says of the executions that Echo's own starts of a slot have. */
export type OwnExecution = 'there' | 'failed-unstarted' | 'absent' | 'unknown';

/** All that is known about a slot. */
export interface Evidence {
  /** State of the latest start of the slot in the outbox, where there is one. */
  readonly start: EffectState | undefined;
  readonly own: OwnExecution;
  /** Whether an execution that others started (the original Echo) accounts for the slot. */
  readonly foreign: 'there' | 'absent' | 'unknown';
  /** Whether the trigger is known to be older than the slot. */
  readonly existed: boolean;
}

export type Verdict =
  | { readonly kind: 'missed'; readonly reason: MissedReason }
  /** It has its execution, or its start is on its way. */
  | { readonly kind: 'started' }
  /** It was held back on purpose. */
  | { readonly kind: 'suppressed' }
  /** The trigger may have been made after the slot. */
  | { readonly kind: 'too-young' }
  /** Orca could not tell: better late than twice. */
  | { readonly kind: 'unclear' };

/** Judges a slot (decisions.md 17): missed is one without a start, with a dead start, or whose execution orca lost. */
export function judge({ start, own, foreign, existed }: Evidence): Verdict {
  if (start === 'suppressed') return { kind: 'suppressed' };
  if (start === 'pending' || own === 'there' || foreign === 'there') return { kind: 'started' };
  // Orca took the start and its execution failed on the way: that is an outcome, which people see.
  if (start === 'done' && own === 'failed-unstarted') return { kind: 'started' };
  if (own === 'unknown' || foreign === 'unknown') return { kind: 'unclear' };
  if (start === 'done') return { kind: 'missed', reason: 'lost execution' };
  if (start === 'dead' || own === 'failed-unstarted') return { kind: 'missed', reason: 'dead start' };
  return existed ? { kind: 'missed', reason: 'no start' } : { kind: 'too-young' };
}
