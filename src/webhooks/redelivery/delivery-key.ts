import { createHash } from 'node:crypto';
import { type Headers, headerOf } from '../../platform/signatures/index.js';

/** As much of a webhook as a delivery is known by. */
export interface Delivered {
  readonly type: string;
  readonly source: string;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * What names a delivery: its source, the host's id of it, and the body, for GitLab gives events that follow from each
 * other the same id.
 *
 * @param names the headers that may hold the id, the first that is there counts
 */
export function deliveryKey({ type, source, headers, body }: Delivered, names: readonly string[]): string | undefined {
  const name = names.map((header) => header.toLowerCase()).find((header) => headerOf(headers, header));
  if (name === undefined) return undefined;
  const id = JSON.stringify([type, source, name, headerOf(headers, name)]);
  return createHash('sha256').update(id).update(body).digest('base64url');
}
