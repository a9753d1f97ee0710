import { it } from 'vitest';
import fs from 'node:fs';
import { compilePath } from './index.js';
import { parseJson, javaText, isJsonList, isJsonObject, keysOf, type JsonValue, ExactNumber } from '../json/index.js';
const patterns = {
  compile(source: string) {
    try {
      const m = /^\(\?([a-zA-Z]+)\)(.*)$/s.exec(source);
      const re = new RegExp(`^(?:${m ? m[2] : source})$`, m ? m[1] : '');
      return {
        kind: 'compiled' as const,
        pattern: { matchesAll: (t: string) => ({ kind: re.test(t) ? ('matched' as const) : ('unmatched' as const) }) },
      };
    } catch (e) {
      return { kind: 'invalid' as const, reason: String(e) };
    }
  },
};
const canon = (v: JsonValue): string =>
  typeof v === 'string'
    ? JSON.stringify(v)
    : typeof v === 'number' || v instanceof ExactNumber
      ? '#' + javaText(v)
      : isJsonList(v)
        ? '[' + v.map(canon).join(',') + ']'
        : isJsonObject(v) && v['$class']
          ? canon((v['text'] as string).slice(1, -1).split(', '))
          : isJsonObject(v)
            ? '{' +
              keysOf(v)
                .map((k) => JSON.stringify(k) + ':' + canon(v[k]!))
                .join(',') +
              '}'
            : String(v);
it('x', () => {
  let n = 0,
    bad = 0;
  const file = process.env['JP']!;
  for (const l of fs.readFileSync(file, 'utf8').trim().split('\n')) {
    const r = parseJson(l) as any;
    n++;
    let want: string;
    if (r.invalid !== undefined) want = 'invalid';
    else if (r.rawThrows !== undefined) want = 'missing';
    else {
      const raw = r.raw;
      want = raw === null ? 'null' : raw.$class ? canon(raw.text) : canon(raw);
    }
    const c = compilePath(r.path, patterns);
    let got: string;
    let why = '';
    if (c.kind === 'invalid') {
      got = 'invalid';
      why = c.reason;
    } else {
      const e = c.path.evaluate(parseJson(r.doc));
      if (e.kind === 'found') got = canon(e.value);
      else {
        got = 'missing';
        why = e.reason ?? '';
      }
      if (r.definite !== c.path.definite) {
        bad++;
        if (bad < 60) console.log('DEFINITE', r.path, r.definite, c.path.definite);
      }
    }
    if (want === 'null' && got === 'missing') got = 'null';
    if (want === 'invalid' && r.invalid.startsWith('IllegalArg')) {
    }
    if (want !== got) {
      bad++;
      if (bad < 60)
        console.log(
          'DIFF',
          r.path,
          '\n   doc ',
          r.doc.slice(0, 150),
          '\n   java',
          want.slice(0, 200),
          (r.invalid ?? r.rawThrows ?? '').slice(0, 150),
          '\n   ours',
          got.slice(0, 200),
          why,
        );
    }
  }
  console.log(n, 'rows', bad, 'bad');
}, 600000);
