import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SmtpPeer, type MailReply, type ReceivedMail } from './smtp-peer.js';

describe('a mail peer', () => {
  let peer: SmtpPeer | undefined;
  const mails: ReceivedMail[] = [];

  afterEach(async () => {
    mails.length = 0;
    await peer?.close();
  });

  /** Says the lines one after the other, each once the line before was answered, and tells the codes of the answers. */
  async function talk(lines: string[], reply: MailReply = { kind: 'taken' }): Promise<string[]> {
    peer = await SmtpPeer.start((mail) => (mails.push(mail), reply));
    // A reset shows as an error first; what the test looks at is the close after it.
    const socket = connect(peer.port, '127.0.0.1').on('error', () => socket.destroy());
    const codes = [await nextCode(socket)];
    for (const line of lines) {
      socket.write(`${line}\r\n`);
      codes.push(await nextCode(socket));
    }
    socket.destroy();
    return codes;
  }

  function nextCode(socket: Socket): Promise<string> {
    return new Promise((resolve) => {
      socket.once('data', (data) => resolve(data.toString().slice(0, 3)));
      socket.once('close', () => resolve('closed'));
    });
  }

  const envelope = ['EHLO me', 'MAIL FROM:<a@x> SIZE=10', 'RCPT TO:<b@x>', 'RCPT TO:<c@x>', 'DATA'];

  it('records envelope and message, with leading dots restored', async () => {
    const codes = await talk([...envelope, 'Subject: s\r\n\r\n..dot\r\nend\r\n.', 'QUIT']);

    expect(codes).toEqual(['220', '250', '250', '250', '250', '354', '250', '221']);
    expect(mails).toEqual([{ from: 'a@x', to: ['b@x', 'c@x'], raw: 'Subject: s\r\n\r\n.dot\r\nend' }]);
  });

  it('begins anew with each sender', async () => {
    await talk([
      'MAIL FROM:<a@x>',
      'RCPT TO:<b@x>',
      'RSET',
      'NOOP',
      'MAIL FROM:<d@x>',
      'RCPT TO:<e@x>',
      'DATA',
      'x\r\n.',
    ]);

    expect(mails).toEqual([{ from: 'd@x', to: ['e@x'], raw: 'x' }]);
  });

  it('lets everybody log in, either way', async () => {
    expect(await talk(['AUTH PLAIN AHUAcA=='])).toEqual(['220', '235']);
    await peer?.close();
    expect(await talk(['AUTH LOGIN', 'dQ==', 'cA=='])).toEqual(['220', '334', '334', '235']);
  });

  it('refuses, or hangs up, when told to', async () => {
    expect((await talk([...envelope, 'x\r\n.'], { kind: 'refused', code: 451 })).at(-1)).toBe('451');
    await peer?.close();
    expect((await talk([...envelope, 'x\r\n.'], { kind: 'reset' })).at(-1)).toBe('closed');
  });
});
