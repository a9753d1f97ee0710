import type { Json, JsonObject } from './json.js';

interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A message as it counts on the wire: decoded addresses and subject, and the texts of its parts without their frame. */
export function readMail(raw: string): JsonObject {
  const mail = entityOf(raw.replace(/\r?\n/g, '\n'));
  return {
    from: addresses(mail.headers.get('from')),
    to: addresses(mail.headers.get('to')),
    cc: addresses(mail.headers.get('cc')),
    subject: decodeWords(mail.headers.get('subject') ?? '').trim(),
    content: textParts(mail),
  };
}

function entityOf(text: string): Entity {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const lines = head.replace(/\n(?=[ \t])/g, '').split('\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(headers), body: end < 0 ? '' : text.slice(end).replace(/^\n{1,2}/, '') };
}

function textParts(entity: Entity): Json[] {
  const type = entity.headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/is.exec(type)?.[1];
  if (boundary === undefined) return [decodeBody(entity, /charset="?([^";]+)/i.exec(type)?.[1] ?? 'utf-8')];
  const parts = `\n${entity.body}`.split(`\n--${boundary}`).slice(1, -1);
  return parts.flatMap((part) => textParts(entityOf(part.replace(/^[ \t]*\n/, ''))));
}

function decodeBody({ headers, body }: Entity, charset: string): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return decode(Buffer.from(body, 'base64'), charset);
    case 'quoted-printable':
      return decode(unquote(body.replace(/=\n/g, '')), charset);
    default:
      return body;
  }
}

function decode(bytes: Buffer, charset: string): string {
  return new TextDecoder(charset).decode(bytes);
}

/** `=C3=A4` and the like to bytes. */
function unquote(text: string): Buffer {
  const pieces = text.split(/(=[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece, i) => (i % 2 === 1 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'))),
  );
}

/** RFC 2047 words to text; the white space between two of them is not part of it. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, encoding: string, word: string) =>
      encoding.toLowerCase() === 'b'
        ? decode(Buffer.from(word, 'base64'), charset)
        : decode(unquote(word.replaceAll('_', ' ')), charset),
    );
}

function addresses(header: string | undefined): Json[] {
  if (header === undefined || header === '') return [];
  const entries = header.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
  return entries.map((entry) => (/<([^>]*)>/.exec(entry)?.[1] ?? entry).trim());
}
