import { once } from 'node:events';
import { createServer } from 'node:net';

const BODY = '{"ref":"/pipelines/x"}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const HEAD_END = '\r\n\r\n';

/** Cuts whole requests off the front of what came on a connection; gives the rest, and how many requests there were. */
function takeRequests(text, onPost) {
  let [at, count] = [0, 0];
  for (;;) {
    const headEnd = text.indexOf(HEAD_END, at);
    if (headEnd < 0) break;
    const head = text.slice(at, headEnd);
    const bodyAt = headEnd + HEAD_END.length;
    const end = bodyAt + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (text.length < end) break;
    if (head.startsWith('POST ')) onPost(text.slice(bodyAt, end));
    at = end;
    count++;
  }
  return { rest: text.slice(at), count };
}

/**
 * An orca that takes every start, tells of its body and answers at once. It is a bare socket, and so costs a fraction of
 * what Node's HTTP server would: on a machine of two cores an orca that works is a load that no real installation has there.
 */
export async function startNullOrca(onPost) {
  const sockets = new Set();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let pending = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const { rest, count } = takeRequests(pending + chunk.toString('latin1'), onPost);
      pending = rest;
      if (count > 0) socket.write(ANSWER.repeat(count));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
