import { TLSSocket } from 'node:tls';

/** One name of `subjectaltname`: its kind and its value, which Node quotes where it could be taken for more names. */
const NAME = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/gy;

/** The first e-mail address (RFC822 name) in the alternative names of a certificate, as Node writes those. */
export function emailIn(subjectAltName: string): string | undefined {
  const names = [...subjectAltName.matchAll(NAME)];
  const [, , address] = names.find(([, kind]) => kind === 'email') ?? [];
  return address === undefined || address === '' || address.startsWith('"') ? undefined : address;
}

/** Whether a connection has a client certificate that is signed by a CA of the trust store. */
export const hasCertificate = (socket: unknown): boolean => socket instanceof TLSSocket && socket.authorized;

/**
 * The user that a client's certificate stands for: its first e-mail address (edges.md §2.3). `undefined` without TLS,
 * without a certificate, and for one that is not signed by a CA of the trust store.
 */
export function certificateUser(socket: unknown): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  return emailIn(socket.getPeerCertificate().subjectaltname ?? '');
}
