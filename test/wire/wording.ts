import { textsIn, type Json } from './json.js';
import { Matcher, type Findings } from './pattern.js';

const LINK = /https?:\/\/[^\s"'<>|)\]\\]+/g;
const INLINE_TAG = /<\/?(?:a|abbr|b|code|em|i|s|small|span|strike|strong|sub|sup|tt|u)\b[^>]*>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A text whose wording is ours. The links of the recorded one, and what the sender gave of it, have to be there. */
export class Wording extends Matcher {
  readonly expects = 'our wording with the links and the given texts';
  private readonly links: readonly string[];
  private readonly texts: readonly string[];

  /** `given` are the texts of the sender; those count that the original put into the recorded text. */
  constructor(recorded: Json, given: readonly string[]) {
    super();
    const readable = readableText(recorded);
    this.links = linksIn(recorded);
    this.texts = [...new Set(given.map(readableText))].filter((text) => hasWords(readable, text));
  }

  inspect(actual: Json | undefined, path: string, { faults }: Findings): void {
    if (actual === undefined) {
      faults.push(`${path}: expected ${this.expects}, got nothing`);
      return;
    }
    const links = new Set(linksIn(actual));
    const readable = readableText(actual);
    for (const link of this.links) if (!links.has(link)) faults.push(`${path}: the link ${link} is missing`);
    for (const text of this.texts)
      if (!hasWords(readable, text)) faults.push(`${path}: the given text "${text}" is missing in "${readable}"`);
  }
}

/** The texts that a sender chose: what stands in the context of a direct notification or in custom messages. */
export function givenTexts(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    GIVEN_BY_SENDER.has(name) ? textsIn(inner) : givenTexts(inner),
  );
}

const GIVEN_BY_SENDER = new Set([
  'additionalContext',
  'message',
  'customMessage',
  'customSubject',
  'customBody',
  'application',
]);

/** Where a reader of the text can go: targets of anchors, and addresses in the text itself; pictures are frame. */
export function linksIn(value: Json): string[] {
  const links = textsIn(value).flatMap((text) => withAnchorsInText(text).match(LINK) ?? []);
  return [...new Set(links.map((link) => link.replace(/[.,;:!]+$/, '')))];
}

/** What a reader sees: no tags, no emphasis marks, single spaces. */
function readableText(value: Json): string {
  const text = textsIn(value).map(withAnchorsInText).join(' ');
  return text
    .replace(/[*_`~#]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function withAnchorsInText(text: string): string {
  const shown = text
    .replace(/<!--.*?-->|<(style|head)\b.*?<\/\1>/gis, ' ')
    .replace(/<(https?:[^|>\s]+)(?:\|([^>]*))?>/g, ' $1 $2 ')
    .replace(/<a\b[^>]*\bhref\s*=\s*["']([^"']*)["'][^>]*>/gi, ' $1 ')
    .replace(INLINE_TAG, '')
    .replace(/<\/?[a-z!][^>]*>/gi, ' ');
  return shown.replace(
    /&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi,
    (entity, decimal?: string, hex?: string, name?: string) =>
      name === undefined
        ? String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal))
        : (ENTITIES[name.toLowerCase()] ?? entity),
  );
}

/** Whether the words stand in the text as whole words, one after the other. */
function hasWords(text: string, words: string): boolean {
  return (
    words !== '' && new RegExp(`(?<![\\w])${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`, 'u').test(text)
  );
}
