import { type AddressInfo, type Socket, createServer } from 'node:net';

/** One request as bytes on the wire, and the connection it came by. */
export interface RawRequest {
  /** Request line, headers and body, as text. */
  readonly text: string;
  /** 1 for the first connection that was made, and so on. */
  readonly connection: number;
  readonly socket: Socket;
}

/** A peer below HTTP: a test sees every byte of a request and answers with any bytes, or none. */
export interface RawPeer {
  readonly url: string;
  readonly requests: readonly RawRequest[];
  /** Resolves with the request of this number (from 1) as soon as it has come in full. */
  request(number: number): Promise<RawRequest>;
  close(): Promise<void>;
}

/** A whole answer as bytes. */
export function rawAnswer(body: string, head = 'HTTP/1.1 200 OK'): string {
  return `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The length of the first complete request in the text; 0 while there is none. */
function requestLength(text: string): number {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return 0;
  const length = headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
  return text.length >= length ? length : 0;
}

/** Listens on any free port of 127.0.0.1. */
export async function startRawPeer(respond: (request: RawRequest) => void): Promise<RawPeer> {
  const requests: RawRequest[] = [];
  const watchers = new Set<() => void>();
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    let received = '';
    const connection = sockets.add(socket).size;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let length = requestLength(received); length > 0; length = requestLength(received)) {
        const text = Buffer.from(received.slice(0, length), 'latin1').toString('utf8');
        received = received.slice(length);
        const request = { text, connection, socket };
        requests.push(request);
        for (const look of watchers) look();
        respond(request);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    request: (number) =>
      new Promise((resolve) => {
        const look = (): void => {
          const request = requests[number - 1];
          if (!request) return;
          watchers.delete(look);
          resolve(request);
        };
        watchers.add(look);
        look();
      }),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
