/** Finds links between our Markdown pages that lead nowhere. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const INLINE = /\]\(\s*<?([^\s)>]+)>?(?:\s+["'][^)]*)?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm;
const HTML = /<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g;
const ANCHOR = /<a\b[^>]*?\b(?:id|name)="([^"]+)"/g;

const withoutFences = (text) => text.replace(/^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1[^\n]*$/gm, '');
const withoutCode = (text) => withoutFences(text).replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

/** The name GitHub gives a heading: its text in lower case, words joined by hyphens, punctuation gone. */
const slugOf = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

/** What a `#…` may point at in a page; equal headings are numbered from the second on. */
function anchorsOf(file) {
  const text = withoutFences(readFileSync(file, 'utf8'));
  const seen = new Map();
  const headings = [...text.matchAll(/^#{1,6} +(.+?)(?: +#+)? *$/gm)].map(([, heading]) => {
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set([...headings, ...[...text.matchAll(ANCHOR)].map(([, name]) => name)]);
}

function faultOf(root, file, link) {
  const [place, anchor] = decodeURIComponent(link).split('#');
  const base = place.startsWith('/') ? root : path.dirname(file);
  const target = place === '' ? file : path.join(base, place);
  if (!existsSync(target)) return `${link}: no such file`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).has(anchor) ? undefined : `${link}: no such heading`;
}

/** The faults of one page's links to other files and headings of the checkout. Links to the web aren't followed. */
export function brokenLinks(root, file) {
  const text = withoutCode(readFileSync(file, 'utf8'));
  return [INLINE, REFERENCE, HTML]
    .flatMap((form) => [...text.matchAll(form)].map(([, link]) => link))
    .filter((link) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link))
    .map((link) => faultOf(root, file, link))
    .filter(Boolean)
    .map((fault) => `${path.relative(root, file)} links to ${fault}`);
}
