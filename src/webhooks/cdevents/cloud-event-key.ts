import { createHash } from 'node:crypto';
import { type Headers, headerOf } from '../../platform/signatures/index.js';
import { objectIn } from '../body.js';
import type { Delivered } from '../redelivery/delivery-key.js';

/**
 * What names a CloudEvent at the place where it was posted: its source and its id, which senders give to one event only.
 * Nothing where it is no CloudEvent, or one that does not say them.
 */
export function cloudEventKey({ type, source, headers, body }: Delivered): string | undefined {
  const { id, from } = isStructured(headers) ? membersOf(body) : headersOf(headers);
  if (!id || !from) return undefined;
  return `cloudevent:${createHash('sha256')
    .update(JSON.stringify([type, source, from, id]))
    .digest('base64url')}`;
}

interface Named {
  readonly id: string | undefined;
  readonly from: string | undefined;
}

const isStructured = (headers: Headers): boolean =>
  (headerOf(headers, 'content-type') ?? '').toLowerCase().startsWith('application/cloudevents');

function membersOf(body: string): Named {
  const { id, source } = objectIn(body);
  return { id: textOf(id), from: textOf(source) };
}

const headersOf = (headers: Headers): Named =>
  headerOf(headers, 'ce-specversion') === undefined
    ? { id: undefined, from: undefined }
    : { id: headerOf(headers, 'ce-id'), from: headerOf(headers, 'ce-source') };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
