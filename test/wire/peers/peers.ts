import { HttpPeer, json, type PeerReply, type ReceivedRequest } from '../../support/http-peer.js';
import { SmtpPeer, type MailReply, type ReceivedMail } from '../../support/smtp-peer.js';
import type { JsonObject } from '../json.js';
import { parsedOrText } from '../json.js';
import type { Fault, PeerName, SentRequest } from '../recording.js';
import { any } from './any.js';
import { Faults } from './faults.js';
import { front50 } from './front50.js';
import { igor } from './igor.js';
import { orca } from './orca.js';

/** The addresses inside cases name this port, so that peer can't be anywhere else. */
export const ANY_PORT = 18090;

/** The world around the service, on real sockets: every peer answers, and writes down what it was sent. */
export class Peers {
  private readonly faults = new Faults();
  private received: SentRequest[] = [];
  private readonly http = new Map<PeerName, HttpPeer>();
  private smtp: SmtpPeer | undefined;

  private constructor() {}

  static async start(pipelines: readonly JsonObject[], anyPort: number = ANY_PORT): Promise<Peers> {
    const peers = new Peers();
    await peers.listen('front50', front50(pipelines));
    await peers.listen('orca', orca());
    await peers.listen('igor', igor);
    await peers.listen('keel', () => json({ ok: true }));
    await peers.listen('any', any, anyPort);
    peers.smtp = await SmtpPeer.start((mail) => peers.mail(mail));
    return peers;
  }

  port(peer: PeerName): number {
    const port = peer === 'smtp' ? this.smtp?.port : this.http.get(peer)?.port;
    if (port === undefined) throw new Error(`the peer ${peer} does not listen`);
    return port;
  }

  /** Starts a new page, with the faults of the case to be played. */
  open(faults: readonly Fault[] = []): void {
    this.received = [];
    this.faults.set(faults);
  }

  /** What came since the page was opened, in the order of arrival. */
  get sent(): readonly SentRequest[] {
    return this.received;
  }

  async close(): Promise<void> {
    await Promise.all([...this.http.values(), ...(this.smtp ? [this.smtp] : [])].map((peer) => peer.close()));
  }

  private async listen(name: PeerName, reply: (request: ReceivedRequest) => PeerReply, port = 0): Promise<void> {
    const peer = await HttpPeer.start((request) => {
      this.received.push(recorded(name, request));
      const fault = this.faults.meet(name, request.url);
      return fault ? broken(fault) : reply(request);
    }, port);
    this.http.set(name, peer);
  }

  private mail({ from, to, raw }: ReceivedMail): MailReply {
    this.received.push({ peer: 'smtp', method: 'MAIL', url: from, headers: {}, body: { to: [...to], raw } });
    const fault = this.faults.meet('smtp', from);
    if (!fault) return { kind: 'taken' };
    return fault.reset ? { kind: 'reset' } : { kind: 'refused', code: fault.status ?? 451 };
  }
}

const RECORDED_HEADERS = /^(?:x-spinnaker-.*|content-type|authorization|x-test)$/;

function recorded(peer: PeerName, { method, url, headers, body }: ReceivedRequest): SentRequest {
  const kept = Object.entries(headers).filter(([name]) => RECORDED_HEADERS.test(name));
  return { peer, method, url, headers: Object.fromEntries(kept), body: body === '' ? null : parsedOrText(body) };
}

function broken({ reset, status = 500, type = 'application/json', body = {} }: Fault): PeerReply {
  if (reset) return { kind: 'reset' };
  return { kind: 'answer', status, type, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
