import { tlsPair } from './tls-fixtures.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from './http-peer.js';

/** Everything outside of Spinnaker that is told something, behind one address. */
export class Provider {
  readonly asked: ReceivedRequest[] = [];
  private routes: { readonly path: string; readonly replies: PeerReply[] }[] = [];

  private constructor(private readonly start: { peer?: HttpPeer }) {}

  /** With `tls` its certificate is the one of test/fixtures/tls. */
  static async start(tls = false): Promise<Provider> {
    const provider = new Provider({});
    provider.start.peer = await HttpPeer.start(
      (request) => provider.reply(request),
      0,
      tls ? tlsPair('server') : undefined,
    );
    return provider;
  }

  get url(): string {
    return this.start.peer?.url ?? '';
  }

  /** The next answers to what is asked under a path; the last one stays. Without any, all is well. */
  answer(path: string, ...replies: PeerReply[]): void {
    this.routes = [{ path, replies }, ...this.routes];
  }

  /** Cuts every connection on which something is asked under a path. */
  fail(path: string): void {
    this.answer(path, { kind: 'reset' });
  }

  /** What came: method, path, and the body, parsed where it is JSON. */
  get calls(): [string, unknown][] {
    return this.asked.map(({ method, url, body }) => [`${method} ${url}`, parsed(body)]);
  }

  async close(): Promise<void> {
    await this.start.peer?.close();
  }

  private reply(request: ReceivedRequest): PeerReply {
    this.asked.push(request);
    const route = this.routes.find(({ path }) => request.url.startsWith(path));
    const [next = json({ ok: true })] = route?.replies ?? [];
    if (route && route.replies.length > 1) route.replies.shift();
    return next;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
