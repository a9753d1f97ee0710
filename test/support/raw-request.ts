import { connect } from 'node:net';

/** An answer as it came over the socket; header names are lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function parsed(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.replace(/^[^:]*: /, '')]);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: rest.join('\r\n\r\n'),
  };
}

/**
 * Sends bytes that no HTTP client would send, and resolves with the answer once the service has closed the connection.
 *
 * @param goodbye whether the caller closes its side at once, as one does who leaves in the middle
 */
export function rawRequest(url: string, bytes: string | Buffer, goodbye = false): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const done = (): void => resolve(parsed(Buffer.concat(chunks).toString('utf8')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A service that hangs up while it is still being talked to resets the connection; its answer is there all the same.
    socket.on('error', () => socket.destroy());
    socket.on('close', done);
    socket.on('connect', () => (goodbye ? socket.end(bytes) : socket.write(bytes)));
  });
}
