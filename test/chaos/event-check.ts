import type { RecordedExecution } from './recording-orca.js';

/** A message that a channel got, whole. */
export interface RecordedMessage {
  /** The event that it is about. */
  readonly n: number;
  readonly at: number;
  /** Which instance sent it. */
  readonly instance: number;
  /** Whether the channel said so: where it did not, whoever sent it cannot know. */
  readonly answered: boolean;
}

/** Something that kept an instance, or all of them, from writing down what they were told. */
export interface Disturbance {
  /** All of them where it is absent. */
  readonly instance?: number;
  readonly from: number;
  readonly to: number;
}

/** What is known after a run. */
export interface EventRun {
  /** Numbers of the events that were answered 200: those that start a pipeline, and those that somebody is told of. */
  readonly webhooks: readonly number[];
  readonly reports: readonly number[];
  /** Of which events there are decisions. */
  readonly decided: ReadonlySet<number>;
  readonly executions: readonly RecordedExecution[];
  readonly messages: readonly RecordedMessage[];
  readonly disturbances: readonly Disturbance[];
}

/** What is wrong, by number of the event; nothing where all are empty. */
export interface EventFaults {
  readonly undecided: readonly number[];
  readonly unstarted: readonly number[];
  readonly startedTwice: readonly number[];
  readonly untold: readonly number[];
  /** Told again although the first time was answered, and its sender was in peace to write that down. */
  readonly toldAgain: readonly number[];
}

/**
 * What an instance has been told is written down within so many milliseconds, if it is left in peace. Less than a lease:
 * nobody else would tell it again before.
 */
const WRITTEN_WITHIN_MS = 5000;

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};

/** Holds what peers saw against the events that were answered 200. Of others only doubling is held against Echo. */
export function checkEvents(run: EventRun): EventFaults {
  const starts = countBy(
    run.executions.filter(({ started }) => started),
    ({ pipelineId }) => pipelineId,
  );
  const told = countBy(run.messages, ({ n }) => String(n));
  return {
    undecided: run.webhooks.filter((n) => !run.decided.has(n)),
    unstarted: run.webhooks.filter((n) => !starts.has(`p${n}`)),
    startedTwice: [...starts].filter(([, count]) => count > 1).map(([pipelineId]) => Number(pipelineId.slice(1))),
    untold: run.reports.filter((n) => !told.has(String(n))),
    toldAgain: [...told].filter(([, count]) => count > 1).flatMap(([n]) => toldInVain(Number(n), run)),
  };
}

/** The event once for each message that came after one whose outcome its sender knew. */
function toldInVain(n: number, { messages, disturbances }: EventRun): number[] {
  const mine = messages.filter((message) => message.n === n).toSorted((a, b) => a.at - b.at);
  return mine.slice(0, -1).flatMap((message) => (isKnown(message, disturbances) ? [n] : []));
}

/** What was under way when something happened to its sender may have come a little later. */
const isKnown = ({ answered, at, instance }: RecordedMessage, disturbances: readonly Disturbance[]): boolean =>
  answered &&
  !disturbances.some(
    ({ instance: whose = instance, from, to }) =>
      whose === instance && from - WRITTEN_WITHIN_MS <= at && at <= to + WRITTEN_WITHIN_MS,
  );
