import { type AddressInfo, type Server, createServer } from 'node:net';
import { anyOf } from './disturbed.js';
import type { RecordedMessage } from './event-check.js';

/** What may go wrong with a message. */
const FAULTS = ['refused', 'hangs', 'half an answer', 'cut'] as const;

const OK = '{"ok":true}';
const answerOf = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** A Slack that misbehaves on the wire, and remembers what it got. Each instance has a door of its own. */
export class RecordingSlack {
  readonly messages: RecordedMessage[] = [];
  private readonly servers: Server[] = [];

  /** @param faultShare of messages that meet a fault, 0 to 1 */
  constructor(private readonly faultShare: number) {}

  /** A base URL for one instance. */
  async open(instance: number): Promise<string> {
    const server = createServer((socket) => {
      let text = '';
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        for (let end = endOf(text); end > 0; end = endOf(text)) {
          const answer = this.take(instance, text.slice(0, end));
          text = text.slice(end);
          if (answer.text !== undefined) socket.write(answer.text);
          if (answer.cut) socket.destroy();
        }
      });
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    this.servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.servers) server.close();
  }

  private take(instance: number, request: string): { readonly text?: string; readonly cut?: boolean } {
    const fault = anyOf(FAULTS, this.faultShare);
    if (fault === 'refused') return { text: answerOf('503 Service Unavailable', '') };
    const channel = new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4)).get('channel') ?? '';
    const n = Number(channel.replace(/^#?c/, ''));
    this.messages.push({ n, at: Date.now(), instance, answered: fault === undefined });
    if (fault === undefined) return { text: answerOf('200 OK', OK) };
    if (fault === 'half an answer') return { text: answerOf('200 OK', OK).slice(0, -4), cut: true };
    return { cut: fault === 'cut' };
  }
}

/** Where the first request in a text ends, 0 where it is not whole yet. */
function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = Number(/content-length: *(\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : 0;
}
