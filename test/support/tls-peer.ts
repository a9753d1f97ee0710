import { type AddressInfo } from 'node:net';
import { createServer } from 'node:https';
import type { TLSSocket, TlsOptions } from 'node:tls';

/** An HTTPS server on 127.0.0.1 that answers every request with the name in the caller's certificate, or `nobody`. */
export interface TlsPeer {
  readonly port: number;
  readonly url: string;
  /** The names that connections asked for (SNI); the same name for a connection that was used twice counts once. */
  readonly connections: readonly string[];
  close(): Promise<void>;
}

export async function startTlsPeer(options: TlsOptions): Promise<TlsPeer> {
  const connections: string[] = [];
  const server = createServer(options, (request, response) => {
    const certificate = (request.socket as TLSSocket).getPeerCertificate();
    response.end(certificate.subject?.CN ?? 'nobody');
  });
  server.keepAliveTimeout = 600_000;
  server.on('secureConnection', ({ servername }) => void connections.push(servername || ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `https://127.0.0.1:${port}`,
    connections,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
