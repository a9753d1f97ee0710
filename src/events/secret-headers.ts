import type { EchoEvent } from './event.js';

/** Request headers that are worth stealing: only those who check them may see them (decisions.md 29). */
export const SECRET_HEADERS: readonly string[] = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-hub-signature',
  'x-hub-signature-256',
  'x-gitlab-token',
  'x-slack-signature',
  'x-gitea-signature',
  'x-nexus-webhook-signature',
  'x-jfrog-event-auth',
  'webhook-signature',
];

/**
 * Stands among the private headers of an event whose sender was verified. Nobody can send it: it is taken off every
 * request.
 */
export const VERIFIED_HEADER = 'x-echo-verified';

/**
 * The event as others may see it. A webhook's headers are stripped on their way in; an event that was posted as such
 * brings its own.
 *
 * @param keep names of headers, in any case, that stay all the same
 */
export function withoutSecretHeaders(event: EchoEvent, keep: readonly string[]): EchoEvent {
  const headers = event.details?.requestHeaders;
  if (!headers) return event;
  const kept = keep.map((name) => name.toLowerCase());
  const isSecret = (name: string): boolean => SECRET_HEADERS.includes(name.toLowerCase());
  const shown = Object.entries(headers).filter(([name]) => !isSecret(name) || kept.includes(name.toLowerCase()));
  return { ...event, details: { ...event.details, requestHeaders: Object.fromEntries(shown) } };
}
