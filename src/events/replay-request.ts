import { z } from 'zod';
import { InvalidRequestError } from '../platform/errors/index.js';
import { requestBody } from '../platform/query/index.js';
import { type EventFilter, eventFilterOf } from './event-filter.js';

/** Which events are to be taken in again. */
export interface ReplayRequest {
  readonly ids?: string[] | undefined;
  readonly filter: EventFilter;
  readonly limit: number;
  readonly dryRun: boolean;
}

const USUAL = 1000;
const MOST = 10_000;

const schema = z.strictObject({
  ids: z.array(z.string()).min(1).max(MOST).optional(),
  type: z.string().optional(),
  source: z.string().optional(),
  application: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  after: z.string().optional(),
  limit: z.number().int().min(1).max(MOST).default(USUAL),
  /** Nothing happens by accident: who leaves it out learns what would happen. */
  dryRun: z.boolean().default(true),
});

/** Throws 400 for anything that is no such request, and for one that names neither events nor a range of time. */
export function readReplayRequest(body: unknown): ReplayRequest {
  const { ids, limit, dryRun, ...asked } = requestBody(schema, body);
  if (!ids && asked.from === undefined) throw new InvalidRequestError('Name the events: ids, or from (an instant).');
  return { ids, limit, dryRun, filter: eventFilterOf(asked) };
}
