import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { TLSSocket, type TlsOptions, createSecureContext } from 'node:tls';

/** One mail as it was handed over: the envelope, and the message with its line ends. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** What happens to a mail once it is there: taken, refused with an SMTP code, or the connection is cut. */
export type MailReply =
  { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly code: number } | { readonly kind: 'reset' };

/** How somebody logged in. */
export interface Login {
  readonly method: string;
  readonly user: string;
  readonly password: string;
}

export interface SmtpOptions {
  /** Offers STARTTLS with this certificate. */
  readonly tls?: TlsOptions;
  /** The ways to log in that are offered; PLAIN and LOGIN unless given. */
  readonly methods?: readonly string[];
  /** Whether a login is right; all are unless given. */
  readonly accepts?: (login: Login) => boolean;
}

/** What a connection has come to. */
export interface SmtpConnection {
  secure: boolean;
  login?: Login;
}

/** A mail server on 127.0.0.1 that takes every sender and recipient. */
export class SmtpPeer {
  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
    /** All that there were, in their order. */
    readonly connections: readonly SmtpConnection[],
    readonly port: number,
  ) {}

  static async start(reply: (mail: ReceivedMail) => MailReply, options: SmtpOptions = {}): Promise<SmtpPeer> {
    const sockets = new Set<Socket>();
    const connections: SmtpConnection[] = [];
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const connection: SmtpConnection = { secure: false };
      connections.push(connection);
      void converse(socket, new Session(socket, reply, options, connection));
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new SmtpPeer(server, sockets, connections, (server.address() as AddressInfo).port);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

async function converse(socket: Socket, session: Session): Promise<void> {
  // A client that goes away in the middle of a line, or does not trust the peer, is no fault of the test.
  socket.on('error', () => socket.destroy());
  session.say(220, 'peer ready');
  if ((await listen(socket, session)) === 'over') return;
  const secured = session.secured();
  secured.on('error', () => socket.destroy());
  await listen(secured, session);
}

/** Hears line by line, until the connection is over or goes on in secret. */
async function listen(socket: Socket, session: Session): Promise<'over' | 'starttls'> {
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (session.hear(line) === 'starttls') return 'starttls';
  }
  return 'over';
}

class Session {
  private from = '';
  private to: string[] = [];
  private message: string[] | undefined;
  /** Of a login under way: its method, and what was said of it so far. */
  private login: { readonly method: string; readonly said: string[] } | undefined;

  constructor(
    private socket: Socket,
    private readonly reply: (mail: ReceivedMail) => MailReply,
    private readonly options: SmtpOptions,
    private readonly connection: SmtpConnection,
  ) {}

  say(code: number, text: string): void {
    this.socket.write(`${code} ${text}\r\n`);
  }

  /** Goes on over TLS; what was said before counts no more. */
  secured(): Socket {
    const secureContext = createSecureContext(this.options.tls);
    this.connection.secure = true;
    this.socket = new TLSSocket(this.socket, { isServer: true, secureContext });
    return this.socket;
  }

  hear(line: string): 'starttls' | undefined {
    if (this.message) this.hearMessage(this.message, line);
    else if (this.login) this.hearLogin(this.login, line);
    else if (this.options.tls && !this.connection.secure && /^STARTTLS/i.test(line)) {
      this.say(220, 'go ahead');
      return 'starttls';
    } else this.hearCommand(line);
    return undefined;
  }

  private greet(): void {
    const { tls, methods = ['PLAIN', 'LOGIN'] } = this.options;
    const starttls = tls && !this.connection.secure ? '250-STARTTLS\r\n' : '';
    this.socket.write(`250-peer\r\n250-8BITMIME\r\n${starttls}250 AUTH ${methods.join(' ')}\r\n`);
  }

  private hearCommand(line: string): void {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        return this.greet();
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
    this.login = { method: method.toUpperCase(), said: [] };
    if (initial) this.hearLogin(this.login, initial);
    else this.say(334, '');
  }

  private hearLogin({ method, said }: { readonly method: string; readonly said: string[] }, line: string): void {
    said.push(Buffer.from(line, 'base64').toString());
    if (method === 'LOGIN' && said.length < 2) return this.say(334, '');
    const [user = '', password = ''] = method === 'LOGIN' ? said : (said[0] ?? '').split('\0').slice(1);
    this.login = undefined;
    this.connection.login = { method, user, password };
    if (this.options.accepts?.(this.connection.login) ?? true) this.say(235, 'welcome');
    else this.say(535, '5.7.8 wrong user or password');
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
