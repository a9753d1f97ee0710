import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../../test/wire/mail.js';
import { mimeOf } from './mime.js';

const stamp = { from: 'echo@x.example', id: 'key', date: new Date('2026-03-01T12:00:00Z') };
const mail = {
  to: ['a@b.example', 'c@d.example'],
  cc: ['e@f.example'],
  subject: 'Subject',
  html: '<p>é</p>',
  text: 'é',
};

/** What a reader makes of it; there, lines end with a bare line feed. */
const read = (more: Partial<typeof mail>): Record<string, unknown> => readMail(mimeOf({ ...mail, ...more }, stamp));

describe('a mail', () => {
  it('goes out in these bytes', () => {
    expect(mimeOf(mail, stamp).split('\r\n')).toEqual([
      'From: echo@x.example',
      'To: a@b.example, c@d.example',
      'Cc: e@f.example',
      'Subject: Subject',
      'Message-ID: <2c70e12b7a0646f92279f427c7b38e73@x.example>',
      'Date: Sun, 01 Mar 2026 12:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="--=_2c70e12b7a0646f92279f427c7b38e73"',
      '',
      '----=_2c70e12b7a0646f92279f427c7b38e73',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=C3=A9',
      '----=_2c70e12b7a0646f92279f427c7b38e73',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>=C3=A9</p>',
      '----=_2c70e12b7a0646f92279f427c7b38e73--',
      '',
    ]);
  });

  it('has the same id at every attempt, and no header for nobody', () => {
    const [first, again] = [1, 2].map((day) => mimeOf(mail, { ...stamp, date: new Date(day) }));
    const idOf = (text = ''): string | undefined => /^Message-ID: .*$/m.exec(text)?.[0];

    expect(idOf(first)).toBe(idOf(again));
    expect(mimeOf({ ...mail, to: [] }, stamp)).not.toMatch(/^To:/m);
  });

  it('encodes what is no ASCII in its headers', () => {
    expect(read({ subject: 'Straße – gescheitert', to: ['ann@straße.example'] })).toMatchObject({
      subject: 'Straße – gescheitert',
      to: ['ann@xn--strae-oqa.example'],
    });
  });

  it('names recipients without a domain', () => {
    const named = mimeOf({ ...mail, to: ['postmaster', 'a@b.example'], cc: ['root'] }, stamp);

    expect(named).toContain('\r\nTo: postmaster, a@b.example\r\nCc: root\r\n');
  });

  it('says to a reader what it was made of, in lines that every server takes', () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 400 }).map((text) => text.replace(/\r\n?/g, '\n'));
    fc.assert(
      fc.property(anyText, anyText, (html, text) => {
        const lines = mimeOf({ ...mail, html, text }, stamp).split('\r\n');
        expect(lines.every((line) => /^[\x20-\x7E\t]{0,998}$/.test(line))).toBe(true);
        expect(read({ html, text })).toMatchObject({ content: [text, html] });
      }),
    );
  });
});
