import { once } from 'node:events';
import { createServer } from 'node:net';

const GREETING = '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n';

/** What the server says to a line outside of a message. */
function answerTo(line) {
  if (/^DATA/i.test(line)) return '354 go on\r\n';
  if (/^EHLO/i.test(line)) return GREETING;
  return /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n';
}

/** A mail server that takes everything at once and, as nearly all do, lets commands come in one go. */
export async function startMailSink(onMail) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.write('220 sink\r\n');
    let [text, inMessage] = ['', false];
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      let answers = '';
      for (;;) {
        const mark = inMessage ? '\r\n.\r\n' : '\r\n';
        const end = text.indexOf(mark);
        if (end < 0) break;
        const line = text.slice(0, end);
        text = text.slice(end + mark.length);
        if (inMessage) onMail();
        answers += inMessage ? '250 taken\r\n' : answerTo(line);
        inMessage = !inMessage && /^DATA/i.test(line);
      }
      if (answers !== '') socket.write(answers);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => server.close() };
}
