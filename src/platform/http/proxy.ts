import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { messageOf } from '../errors/index.js';
import { shownUrl } from './title.js';
import { percentDecode } from './url.js';

type Connector = buildConnector.connector;

/** The way to a peer leads through a proxy, and ends there. */
export class ProxyError extends Error {
  readonly code = 'PROXY';
}

const isSuccess = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode <= 299;

/** The refusal that people can mend by themselves is 407. */
function refusalOf({ statusCode, statusMessage }: IncomingMessage): string {
  const hint = statusCode === 407 ? ': put user and password into its address, http://user:password@host:port' : '';
  return `refuses to connect with ${statusCode} ${statusMessage}${hint}`;
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const credentials = Buffer.from(`${percentDecode(username)}:${percentDecode(password)}`).toString('base64');
  return { 'proxy-authorization': `Basic ${credentials}` };
}

/** An HTTP proxy, as HTTP_PROXY and HTTPS_PROXY name it: `http://user:password@host:port`, or `https://…`. */
export class HttpProxy {
  /** What the proxy wants with every request that is not inside a tunnel. */
  readonly headers: Readonly<Record<string, string>>;
  private readonly address: URL;

  /**
   * @param open opens the connection to the proxy, and the TLS inside the tunnel
   * @param patienceMs how long the proxy may take to connect
   */
  constructor(
    address: string,
    private readonly open: Connector,
    private readonly patienceMs: number,
  ) {
    this.address = new URL(address);
    this.headers = authorizationOf(this.address);
  }

  /** Connects to the proxy itself, whatever the destination is; its faults are always a ProxyError. */
  readonly reach: Connector = (_destination, callback) => {
    const { hostname, host, port, protocol } = this.address;
    this.open({ hostname: hostname.replace(/^\[|\]$/g, ''), host, port, protocol }, (error, socket) => {
      if (error) callback(this.fault(`cannot be reached: ${messageOf(error)}`, error), null);
      else callback(null, socket);
    });
  };

  /** Has the proxy connect to the destination (CONNECT), and speaks TLS with that. */
  readonly tunnel: Connector = (destination, callback) => {
    this.reach(destination, (error, socket) => {
      if (error) callback(error, null);
      else this.askFor(destination, socket, callback);
    });
  };

  private askFor(destination: buildConnector.Options, socket: Duplex, callback: buildConnector.Callback): void {
    const { host = destination.hostname, port } = destination;
    const path = port ? host : `${host}:443`;
    const asking = request({
      method: 'CONNECT',
      path,
      headers: { host: path, ...this.headers },
      createConnection: () => socket,
    });
    asking.setTimeout(this.patienceMs, () => asking.destroy(new Error('no answer in time')));
    asking.once('error', (error) => callback(this.fault(`does not connect: ${messageOf(error)}`, error), null));
    asking.once('connect', (answer, tunnel) => {
      tunnel.setTimeout(0);
      if (isSuccess(answer)) return this.open({ ...destination, httpSocket: tunnel as TLSSocket }, callback);
      tunnel.destroy();
      callback(this.fault(refusalOf(answer)), null);
    });
    asking.end();
  }

  private fault(problem: string, cause?: unknown): ProxyError {
    return new ProxyError(`the proxy ${shownUrl(this.address.origin)} ${problem}`, { cause });
  }
}
