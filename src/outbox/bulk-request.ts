import { z } from 'zod';
import { InvalidRequestError } from '../platform/errors/index.js';
import { instantOf, requestBody } from '../platform/query/index.js';
import type { EffectFilter } from './effect-filter.js';

/** Which dead effects are meant, and why something is done to them. */
export interface BulkRequest {
  readonly ids?: string[];
  readonly filter: EffectFilter;
  readonly reason?: string;
  /** Only says how many. */
  readonly dryRun: boolean;
}

const schema = z.strictObject({
  ids: z.array(z.string()).min(1).max(10_000).optional(),
  kind: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  before: z.string().optional(),
  reason: z.string().trim().optional(),
  dryRun: z.boolean().optional(),
});

/**
 * Throws 400 for anything that is no such request, and for one that names nothing: all dead effects is a range of time.
 * What a filter means is only counted unless `dryRun` is false: nothing happens by accident.
 */
export function readBulkRequest(body: unknown): BulkRequest {
  const { ids, kind, from, to, before, reason, dryRun = ids === undefined } = requestBody(schema, body);
  if (!ids && kind === undefined && from === undefined) {
    throw new InvalidRequestError('Name the effects: ids, or kind, or from (an instant).');
  }
  const filter = {
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from: instantOf('from', from) }),
    ...(to !== undefined && { to: instantOf('to', to) }),
    ...(before !== undefined && { before }),
  };
  return { filter, dryRun, ...(ids && { ids }), ...(reason !== undefined && { reason }) };
}
