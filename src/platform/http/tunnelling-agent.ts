import { Agent } from 'node:https';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestOptions } from 'node:https';
import type { buildConnector } from 'undici';

/** Node's agent for https, whose connections are opened as all of Echo's are. */
export class TunnellingAgent extends Agent {
  /** @param wayTo what connects to a destination: directly, or through a proxy */
  constructor(private readonly wayTo: (destination: URL) => buildConnector.connector) {
    super({ keepAlive: true });
  }

  override createConnection(
    { host, port, servername }: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const hostname = host ?? 'localhost';
    const destination = new URL(`https://${isIPv6(hostname) ? `[${hostname}]` : hostname}:${port ?? ''}`);
    const options = { hostname, host: destination.host, port: destination.port, protocol: 'https:' };
    const connect = this.wayTo(destination);
    connect({ ...options, ...(servername && { servername }) }, (error, socket) => callback?.(error, socket as Duplex));
  }
}
