import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** One mail as it was handed over: the envelope, and the message with its line ends. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** What happens to a mail once it is there: taken, refused with an SMTP code, or the connection is cut. */
export type MailReply =
  { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly code: number } | { readonly kind: 'reset' };

/** A mail server on 127.0.0.1 that takes every sender, recipient and login. */
export class SmtpPeer {
  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
    readonly port: number,
  ) {}

  static async start(reply: (mail: ReceivedMail) => MailReply): Promise<SmtpPeer> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      void converse(socket, reply);
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new SmtpPeer(server, sockets, (server.address() as AddressInfo).port);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

async function converse(socket: Socket, reply: (mail: ReceivedMail) => MailReply): Promise<void> {
  // A client that goes away in the middle of a line is no fault of the test.
  socket.on('error', () => socket.destroy());
  const session = new Session(socket, reply);
  session.say(220, 'peer ready');
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) session.hear(line);
}

class Session {
  private from = '';
  private to: string[] = [];
  private message: string[] | undefined;
  private awaitingLogin = 0;

  constructor(
    private readonly socket: Socket,
    private readonly reply: (mail: ReceivedMail) => MailReply,
  ) {}

  say(code: number, text: string): void {
    this.socket.write(`${code} ${text}\r\n`);
  }

  hear(line: string): void {
    if (this.message) this.hearMessage(this.message, line);
    else if (this.awaitingLogin > 0) this.hearLogin();
    else this.hearCommand(line);
  }

  private hearCommand(line: string): void {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        this.socket.write('250-peer\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n');
        return;
      case 'AUTH':
        return this.beginLogin(line);
      case 'MAIL':
        this.from = addressIn(line);
        this.to = [];
        return this.say(250, 'sender ok');
      case 'RCPT':
        this.to.push(addressIn(line));
        return this.say(250, 'recipient ok');
      case 'DATA':
        this.message = [];
        return this.say(354, 'end with a dot');
      case 'RSET':
      case 'NOOP':
        return this.say(250, 'ok');
      case 'QUIT':
        this.say(221, 'bye');
        this.socket.end();
        return;
      default:
        return this.say(502, 'unknown command');
    }
  }

  private beginLogin(line: string): void {
    const [, method = '', initial] = line.split(' ');
    if (initial && method.toUpperCase() === 'PLAIN') return this.say(235, 'welcome');
    this.awaitingLogin = method.toUpperCase() === 'LOGIN' && !initial ? 2 : 1;
    this.say(334, '');
  }

  private hearLogin(): void {
    this.awaitingLogin -= 1;
    if (this.awaitingLogin === 0) this.say(235, 'welcome');
    else this.say(334, '');
  }

  private hearMessage(message: string[], line: string): void {
    if (line !== '.') {
      message.push(line.startsWith('.') ? line.slice(1) : line);
      return;
    }
    this.message = undefined;
    const outcome = this.reply({ from: this.from, to: this.to, raw: message.join('\r\n') });
    if (outcome.kind === 'reset') this.socket.resetAndDestroy();
    else if (outcome.kind === 'refused') this.say(outcome.code, 'refused');
    else this.say(250, 'taken');
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
