import { EchoError } from '../errors/index.js';
import { type Caller, headerOf } from './caller.js';

/** The header `WWW-Authenticate` of a refusal for want of a token: a person's browser asks for it, a program is told. */
export function challengeFor(caller: Caller, error: unknown): string | undefined {
  if (!(error instanceof EchoError) || error.status !== 401) return undefined;
  const isBrowser = headerOf(caller, 'accept')?.includes('text/html') === true;
  return isBrowser ? 'Basic realm="Echo: a token as the password", charset="UTF-8"' : 'Bearer';
}
