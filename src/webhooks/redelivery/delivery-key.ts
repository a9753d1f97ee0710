import { createHash } from 'node:crypto';
import { type Headers, headerOf } from '../../platform/signatures/index.js';

/**
 * What names a delivery: its source and the host's id of it. Hashed, since the id may be anything.
 *
 * @param names the headers that may hold the id, the first that is there counts
 */
export function deliveryKey(
  type: string,
  source: string,
  headers: Headers,
  names: readonly string[],
): string | undefined {
  const name = names.map((header) => header.toLowerCase()).find((header) => headerOf(headers, header));
  if (name === undefined) return undefined;
  const id = JSON.stringify([type, source, name, headerOf(headers, name)]);
  return createHash('sha256').update(id).digest('base64url');
}
