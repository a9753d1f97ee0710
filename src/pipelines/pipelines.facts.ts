import { fact } from '../events/index.js';
import type { Effect } from '../outbox/index.js';
import type { Snapshot } from './cache/snapshot.js';
import type { StartPayload } from './start/start-payload.js';

export interface PipelinesRefreshed {
  readonly snapshot: Snapshot;
  /** What was known before; `undefined` on the first load. */
  readonly before: Snapshot | undefined;
}

/** How a start ended. A suppressed start is an effect in that state, and no such fact. */
export type StartFinished =
  | { readonly kind: 'started'; readonly effect: Effect<StartPayload>; readonly ref: string }
  | { readonly kind: 'failed'; readonly effect: Effect<StartPayload>; readonly error: string };

export const pipelinesRefreshed = fact<PipelinesRefreshed>('pipelines.refreshed', {
  description: 'The pipelines were loaded, for the first time or with changes.',
  publisher: 'pipelines',
  subscribers: ['pipeline-triggers (trigger index)', 'scheduler (cron triggers)', 'slots (what fires next)'],
});

export const startFinished = fact<StartFinished>('start.finished', {
  description: 'Orca accepted a start, or the start was given up.',
  publisher: 'pipelines',
  subscribers: ['failures', 'rest-forwarder (routerEvents)'],
});
