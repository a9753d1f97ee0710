import { createHash, timingSafeEqual } from 'node:crypto';
import type { NamedToken } from './access.config.js';
import { type Caller, isFromElsewhere } from './caller.js';

const digestOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

/** The password of `Basic` credentials, which is what a browser asks people for. */
function passwordIn(credentials: string): string | undefined {
  const [, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return password.length > 0 ? password.join(':') : undefined;
}

/**
 * The token that a caller shows: as `Authorization: Bearer …`, or as the password of `Basic`. Browsers add the latter to
 * whatever a page sends, so it does not count in a request that a page of another site makes.
 */
export function shownToken(caller: Caller): string | undefined {
  const { authorization } = caller.headers;
  const [, scheme = '', credentials = ''] =
    (typeof authorization === 'string' && /^(bearer|basic) +(\S+) *$/i.exec(authorization)) || [];
  if (scheme.toLowerCase() === 'basic') return isFromElsewhere(caller) ? undefined : passwordIn(credentials);
  return credentials === '' ? undefined : credentials;
}

/** Finds a token by its hash, all of them compared in full: the time that it takes tells nothing. */
export function tokenFor(shown: string, tokens: readonly NamedToken[]): NamedToken | undefined {
  const digest = digestOf(shown);
  const matching = tokens.filter(({ hash }) =>
    timingSafeEqual(digest, Buffer.from(hash.slice('sha256:'.length), 'hex')),
  );
  return matching[0];
}
