import { type Caller, headerOf, isFromElsewhere } from './caller.js';

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;
const LOCAL_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
/** A proxy on the same machine speaks for somebody else. */
const PROXIED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request was made by somebody on this machine. A proxy is not, nor is a page of some site in a browser here:
 * its requests name that site, or reach this address under another name.
 */
export function isLocal(caller: Caller): boolean {
  if (!LOOPBACK.test(caller.ip) || PROXIED.some((name) => caller.headers[name] !== undefined)) return false;
  const host = headerOf(caller, 'host');
  return (host === undefined || LOCAL_NAME.test(host)) && !isFromElsewhere(caller);
}
