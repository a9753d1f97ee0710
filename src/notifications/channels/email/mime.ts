import { createHash } from 'node:crypto';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { EmailMessage } from './email.message.js';

const LINE = 76;

/** What a mail says besides its message. */
export interface Stamp {
  readonly from: string;
  /** Unique for the mail and the same at every attempt, so that mail systems can tell a repetition. */
  readonly id: string;
  readonly date: Date;
}

/** Knows how values of headers are written; one serves for all. */
const node = new MimeNode();

const header = (name: string, value: string): string =>
  foldLines(`${name}: ${node.encodeHeaderValue(name, value)}`, LINE);

/** Addresses stand bare. A name without a domain is one, too, which nodemailer does not know. */
function recipients(name: 'To' | 'Cc', addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  const listed = addresses.map((one) => (one.includes('@') ? node.encodeHeaderValue(name, one) : one));
  return [foldLines(`${name}: ${listed.join(', ')}`, LINE)];
}

/** Lines end as mails want it, and none is longer than they allow, whatever the text is made of. */
const encoded = (text: string): string => wrap(encode(text.replace(/\r\n|\r|\n/g, '\r\n')), LINE);

const part = (type: string, text: string): string =>
  `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded(text)}`;

/** The id of a mail, in the domain of its sender. */
function messageId(id: string, from: string): string {
  const domain = /@([\w.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
  return `<${id}@${domain}>`;
}

/**
 * The mail as it goes to the server: HTML, and a text for those who read none. nodemailer encodes every piece; its own
 * composer costs four times as much for a mail as simple as ours (bench/notifications.mjs).
 */
export function mimeOf({ to, cc, subject, html, text }: EmailMessage, { from, id, date }: Stamp): string {
  const unique = createHash('sha256').update(id).digest('hex').slice(0, 32);
  // No line of a quoted-printable text begins with `--=_`: an equals sign is followed by two digits there.
  const boundary = `--=_${unique}`;
  return [
    header('From', from),
    ...recipients('To', to),
    ...recipients('Cc', cc),
    header('Subject', subject),
    header('Message-ID', messageId(unique, from)),
    header('Date', date.toUTCString().replace('GMT', '+0000')),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    part('plain', text),
    `--${boundary}`,
    part('html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
