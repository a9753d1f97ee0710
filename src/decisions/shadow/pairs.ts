import type { Execution } from '../../clients/index.js';
import { startedFor } from '../../pipelines/index.js';

/** A start of ours, made or held back. */
export interface OurStart {
  /** Milliseconds since the epoch: when its event was decided, or its slot. */
  readonly at: number;
  readonly application: string;
  readonly pipelineId: string;
  readonly triggerId: string | null;
  readonly triggerType: string | null;
  /** Null for a slot. */
  readonly eventId: string | null;
}

export interface Pairs {
  readonly both: readonly (readonly [ours: OurStart, theirs: Execution])[];
  readonly onlyOurs: readonly OurStart[];
  readonly onlyTheirs: readonly Execution[];
}

/** When an execution was made, as milliseconds since the epoch; 0 where orca does not say. */
export const madeAt = ({ buildTime, startTime }: Execution): number => buildTime ?? startTime ?? 0;

/** Whether an execution may be the one of a start; rules come in the order of how sure they are. */
type Rule = (ours: OurStart, theirs: Execution) => boolean;

const isOfEvent: Rule = ({ eventId }, theirs) => eventId !== null && theirs.eventId === eventId;
const isOfTrigger: Rule = ({ triggerId }, theirs) => triggerId !== null && theirs.triggerId === triggerId;

/** The instant that an execution was made for, as far as it is known. */
export const madeFor = (execution: Execution): number => startedFor(execution) ?? madeAt(execution);

const isOfSlot: Rule = (ours, theirs) =>
  ours.eventId === null && isOfTrigger(ours, theirs) && startedFor(theirs) === ours.at;

const apart = ({ at }: OurStart, theirs: Execution): number => Math.abs(madeAt(theirs) - at);

const within =
  (toleranceMs: number): Rule =>
  (ours, theirs) =>
    isOfTrigger(ours, theirs) && startedFor(theirs) === undefined && apart(ours, theirs) <= toleranceMs;

/**
 * Finds for each start of one pipeline the execution that was started for the same reason: of the same event and
 * trigger, else of the same event, else of the same slot, else of the same trigger and the nearest in time.
 *
 * @param toleranceMs how far the times of the last kind may lie apart
 */
export function pairsOf(ours: readonly OurStart[], theirs: readonly Execution[], toleranceMs: number): Pairs {
  const both: (readonly [OurStart, Execution])[] = [];
  const freeOurs = new Set(ours);
  const freeTheirs = new Set(theirs);
  const rules: readonly Rule[] = [
    (a, b) => isOfEvent(a, b) && isOfTrigger(a, b),
    isOfEvent,
    isOfSlot,
    within(toleranceMs),
  ];
  for (const rule of rules) {
    const candidates = [...freeOurs].flatMap((start) =>
      [...freeTheirs].filter((execution) => rule(start, execution)).map((execution) => [start, execution] as const),
    );
    for (const [start, execution] of candidates.sort((a, b) => apart(...a) - apart(...b))) {
      if (!freeOurs.has(start) || !freeTheirs.has(execution)) continue;
      both.push([start, execution]);
      freeOurs.delete(start);
      freeTheirs.delete(execution);
    }
  }
  return { both, onlyOurs: [...freeOurs], onlyTheirs: [...freeTheirs] };
}
