import { type AddressInfo, connect } from 'node:net';
import { type TLSSocket, type TlsOptions, createServer } from 'node:tls';

/** TLS in front of a plain server on 127.0.0.1: what comes in decrypted goes to its port. */
export interface TlsFront {
  readonly url: string;
  close(): Promise<void>;
}

export async function startTlsFront(port: number, options: TlsOptions): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>();
  const server = createServer(options, (socket) => {
    sockets.add(socket);
    const inner = connect(port, '127.0.0.1');
    // Either side may go away first; the other one goes with it.
    socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
    inner.on('error', () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
