import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** One request as it came over the socket; header names are lower case, a repeated header is joined. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a peer does with a request: answer it, or cut the connection. */
export type PeerReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reset' };

/** Says what becomes of a request, now or later. */
export type Responder = (request: ReceivedRequest) => PeerReply | Promise<PeerReply>;

/** An HTTP server on 127.0.0.1 that answers by a function of the whole request. */
export class HttpPeer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly scheme: 'http' | 'https',
  ) {}

  /** Listens on the port, or on any free one; rejects when the port is taken. With `tls` it speaks HTTPS. */
  static async start(reply: Responder, port = 0, tls?: TlsOptions): Promise<HttpPeer> {
    const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      // A client that goes away in the middle of a request gets no answer; that is all.
      serve(incoming, outgoing, reply).catch(() => outgoing.destroy());
    };
    const server = tls ? createSecureServer(tls, listener) : createServer(listener);
    // Longer than any test: a connection that closes just as it is used again looks like a fault of the peer.
    server.keepAliveTimeout = 600_000;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    return new HttpPeer(server, (server.address() as AddressInfo).port, tls ? 'https' : 'http');
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

/** A reply with JSON; 200 unless said otherwise. */
export function json(body: unknown, status = 200): PeerReply {
  return { kind: 'answer', status, type: 'application/json', body: JSON.stringify(body) };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, reply: Responder): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const answer = await reply({
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString('utf8'),
  });
  if (answer.kind === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  outgoing.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers }).end(answer.body);
}
