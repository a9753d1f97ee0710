import { Parser } from 'htmlparser2';
import { escapeHtml } from './escape.js';

/** What a mail may be made of. Other elements are dropped and their content stays; of these the content goes too. */
const ELEMENTS = new Set(
  (
    'a abbr b blockquote body br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 ' +
    'hr html i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead ' +
    'tr tt u ul var'
  ).split(' '),
);
const DROPPED = new Set([
  'script',
  'style',
  'head',
  'title',
  'iframe',
  'object',
  'embed',
  'form',
  'svg',
  'math',
  'template',
]);
const VOID = new Set(['br', 'col', 'hr', 'img']);
const ATTRIBUTES = new Set(
  'align alt bgcolor border cellpadding cellspacing class color colspan dir face height href lang rowspan size span src style title valign width'.split(
    ' ',
  ),
);
const ADDRESSES = new Set(['href', 'src']);
const SAFE_ADDRESS = /^(?:https?:|mailto:|tel:|cid:|#|[^:]*$)/i;
const UNSAFE_STYLE = /expression|javascript|@import|url\s*\(/i;

function isSafe(name: string, value: string): boolean {
  if (!ATTRIBUTES.has(name)) return false;
  if (ADDRESSES.has(name)) return SAFE_ADDRESS.test(value.replace(/[\s\p{Cc}]/gu, ''));
  return name !== 'style' || !UNSAFE_STYLE.test(value);
}

const attributes = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .filter(([name, value]) => isSafe(name, value))
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('');

/** HTML that an author wrote, without whatever could run, load or ask for something by itself. */
export function sanitizeHtml(html: string): string {
  let safe = '';
  let dropped = 0;
  const parser = new Parser({
    onopentag: (tag, all) => {
      if (DROPPED.has(tag)) dropped++;
      else if (dropped === 0 && ELEMENTS.has(tag)) safe += `<${tag}${attributes(all)}>`;
    },
    onclosetag: (tag) => {
      if (DROPPED.has(tag)) dropped--;
      else if (dropped === 0 && ELEMENTS.has(tag) && !VOID.has(tag)) safe += `</${tag}>`;
    },
    ontext: (text) => {
      if (dropped === 0) safe += escapeHtml(text);
    },
  });
  parser.end(html);
  return safe;
}
