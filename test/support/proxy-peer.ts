import { type IncomingMessage, type Server, createServer, request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';

/** What a proxy was asked for. */
export interface ProxyRequest {
  readonly method: string;
  /** `host:port` of a tunnel, the whole URL of any other request. */
  readonly target: string;
  readonly authorization: string | undefined;
}

export interface ProxyOptions {
  /** The port on 127.0.0.1 that a destination (`host:port`) leads to: the proxy is the one that looks names up. */
  readonly leadsTo: number | ((destination: string) => number);
  /** Refuses whoever does not show these credentials, `user:password`. */
  readonly credentials?: string;
  /** Takes requests for tunnels and never answers. */
  readonly silent?: boolean;
  /** Speaks TLS itself. */
  readonly tls?: TlsOptions;
}

/** An HTTP proxy on 127.0.0.1: tunnels (CONNECT) and plain requests. */
export class ProxyPeer {
  readonly requests: ProxyRequest[] = [];
  private readonly sockets = new Set<Duplex>();
  private readonly server: Server;

  private constructor(private readonly options: ProxyOptions) {
    this.server = options.tls ? createTlsServer(options.tls) : createServer();
    this.server.on('connection', (socket: Socket) => this.watch(socket));
    this.server.on('connect', (request, socket) => this.tunnel(request, socket));
    this.server.on('request', (request, response) => {
      this.note(request);
      const { host, pathname, search } = new URL(request.url ?? '');
      const { method, headers } = request;
      const onward = forward({ port: this.portOf(host), path: pathname + search, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
  }

  static async start(options: ProxyOptions): Promise<ProxyPeer> {
    const peer = new ProxyPeer(options);
    await new Promise<void>((resolve) => peer.server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  /** `host:port` of the proxy. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private note({ method = '', url = '', headers }: IncomingMessage): string | undefined {
    const authorization = headers['proxy-authorization'];
    this.requests.push({ method, target: url, authorization });
    return authorization;
  }

  private portOf(destination: string): number {
    const { leadsTo } = this.options;
    return typeof leadsTo === 'number' ? leadsTo : leadsTo(destination);
  }

  private watch(socket: Duplex): void {
    this.sockets.add(socket);
    // Either side may go away in the middle; that is all there is to it.
    socket.on('error', () => socket.destroy());
  }

  private tunnel(request: IncomingMessage, socket: Duplex): void {
    this.watch(socket);
    const { credentials, silent } = this.options;
    const shown = this.note(request);
    if (silent) return;
    if (credentials && shown !== `Basic ${Buffer.from(credentials).toString('base64')}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const onward = connect(this.portOf(request.url ?? ''), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    this.watch(onward);
  }
}
