import type { CharSet } from './char-set.js';
import { classSource, escapedWith, quantifierSource, type ClassNotation } from './class-source.js';
import { longest, shortest } from './lengths.js';
import { walk, type AssertionName, type Node } from './syntax.js';
import type { UnicodeTables } from './unicode-tables.js';

const NOTATION: ClassNotation = { char: escapedWith('u'), all: '[^]', none: '[]' };

/** A word character before (after) this place, counting a mark as part of the letter it is put on. */
const JAVA_WORD = '[\\p{L}\\p{Nd}_]';
const WORD_BEFORE = `(?<=${JAVA_WORD}|[\\p{L}\\p{Nd}]\\p{Mn}+)`;
const WORD_AFTER = `(?:(?=${JAVA_WORD})|(?<=[\\p{L}\\p{Nd}]\\p{Mn}*)(?=\\p{Mn}))`;
const UNICODE_WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';

const boundary = (before: string, after: string): string => `(?:${before}(?!${after})|(?!${before})${after})`;
const JAVA_BOUNDARY = boundary(WORD_BEFORE, WORD_AFTER);
const UNICODE_BOUNDARY = boundary(`(?<=${UNICODE_WORD})`, `(?=${UNICODE_WORD})`);

/** `\r\n` is one terminator: no line ends or starts between its characters. And none starts at the end of the text. */
const NOT_INSIDE_CRLF = '(?<!\\r(?=\\n))';
const ASSERTIONS: Readonly<Record<AssertionName, string>> = {
  'text-start': '^',
  'text-end': '$',
  'final-end': `${NOT_INSIDE_CRLF}(?=(?:\\r\\n|[\\n\\r\\x85\\u2028\\u2029])?$)`,
  'unix-final-end': '(?=\\n?$)',
  'line-start': `(?<=^|[\\n\\r\\x85\\u2028\\u2029])${NOT_INSIDE_CRLF}(?!$)`,
  'unix-line-start': '(?<=^|\\n)(?!$)',
  'line-end': `${NOT_INSIDE_CRLF}(?=[\\n\\r\\x85\\u2028\\u2029]|$)`,
  'unix-line-end': '(?=\\n|$)',
  'word-boundary': JAVA_BOUNDARY,
  'no-word-boundary': `(?!${JAVA_BOUNDARY})`,
  'unicode-word-boundary': UNICODE_BOUNDARY,
  'no-unicode-word-boundary': `(?!${UNICODE_BOUNDARY})`,
};

/** The assertions that are simpler in texts of ASCII only. */
const ASCII_BOUNDARIES: ReadonlyMap<AssertionName, string> = new Map([
  ['word-boundary', '\\b'],
  ['no-word-boundary', '\\B'],
  ['unicode-word-boundary', '\\b'],
  ['no-unicode-word-boundary', '\\B'],
]);

/** A pattern as JavaScript writes it. */
export interface NativeForm {
  readonly source: string;
  readonly flags: string;
}

/**
 * Translates a pattern to JavaScript's dialect, which can express all of Java's by some detour.
 *
 * @param texts `ascii` for a form that is right for texts of ASCII only: JavaScript's own word boundaries agree with
 *   Java's there, and cost a fraction of the others
 */
export function nativeForm(root: Node, tables: UnicodeTables, texts: 'ascii' | 'all'): NativeForm {
  const source = new NativeWriter(root, texts === 'ascii').write(root);
  return { source, flags: foldsCase(root, tables) ? 'iu' : 'u' };
}

/** The characters beyond ASCII with an ASCII letter as other case, such as the Kelvin sign: Java's flag `i` leaves them out. */
const FOLDED_TO_ASCII = [0x130, 0x131, 0x17f, 0x212a];

/**
 * JavaScript compares a back-reference without case only if the whole pattern ignores it. That is right where every set
 * holds both cases anyway, as it does under a leading `(?i)`. Elsewhere the reference has to compare exactly.
 */
function foldsCase(root: Node, tables: UnicodeTables): boolean {
  const nodes = walk(root);
  const isCaseless = (chars: CharSet): boolean =>
    [...tables.foldCase(chars).without(chars).codePoints()].every((code) => FOLDED_TO_ASCII.includes(code));
  return (
    nodes.some((node) => node.kind === 'back-reference' && node.ignoreCase) &&
    nodes.every((node) => node.kind !== 'set' || isCaseless(node.chars))
  );
}

class NativeWriter {
  private readonly groups = new Map<number, Node>();
  private readonly referenced = new Set<number>();
  private helpers = 0;
  /** The groups that can have taken part before the place being written. */
  private closed: ReadonlySet<number> = new Set();

  constructor(
    root: Node,
    private readonly isAscii: boolean,
  ) {
    for (const node of walk(root)) {
      if (node.kind === 'group') this.groups.set(node.index, node);
      if (node.kind === 'back-reference') this.referenced.add(node.index);
    }
  }

  write(node: Node): string {
    switch (node.kind) {
      case 'set':
        return classSource(node.chars, NOTATION);
      case 'sequence':
        return node.items.map((item) => this.write(item)).join('');
      case 'choice':
        return `(?:${this.options(node.options).join('|')})`;
      case 'repeat': {
        const item = node.item.kind === 'set' ? this.write(node.item) : `(?:${this.write(node.item)})`;
        return item + quantifierSource(node.min, node.max) + (node.lazy ? '?' : '');
      }
      case 'group':
        return this.group(node.index, node.item);
      case 'atomic':
        return this.atomic(node.item);
      case 'look':
        return node.ahead
          ? `(?${node.negated ? '!' : '='}${this.write(node.item)})`
          : this.behind(node.item, node.negated);
      case 'back-reference':
        return this.backReference(node.index);
      case 'assertion':
        return (this.isAscii ? ASCII_BOUNDARIES.get(node.name) : undefined) ?? ASSERTIONS[node.name];
    }
  }

  /** What one option captures is unknown to the others. */
  private options(options: readonly Node[]): string[] {
    const { closed } = this;
    const closedAfter = new Set<number>();
    const sources = options.map((option) => {
      this.closed = closed;
      const source = this.write(option);
      for (const index of this.closed) closedAfter.add(index);
      return source;
    });
    this.closed = closedAfter;
    return sources;
  }

  private group(index: number, item: Node): string {
    const source = this.write(item);
    this.closed = new Set([...this.closed, index]);
    return `(${this.referenced.has(index) ? `?<g${index}>` : '?:'}${source})`;
  }

  /** JavaScript never goes back into a look-ahead, so what one has captured is fixed. */
  private atomic(item: Node): string {
    const name = `a${++this.helpers}`;
    return `(?=(?<${name}>${this.write(item)}))\\k<${name}>`;
  }

  /**
   * JavaScript matches a look-behind from right to left, which turns atomic groups and back-references around. Where
   * that matters, step back first, nearest place first, and look ahead from there: the match must reach the text that
   * follows here, to its end.
   */
  private behind(item: Node, negated: boolean): string {
    const open = `(?${negated ? '<!' : '<='}`;
    if (!this.hasDirection(item)) return `${open}${this.write(item)})`;
    const rest = `a${++this.helpers}`;
    const back = `[^]${quantifierSource(shortest(item), longest(item))}?`;
    const behind = `(?<=(?=${this.write(item)}\\k<${rest}>$)${back})`;
    return `(?${negated ? '!' : '='}(?=(?<${rest}>[^]*))${behind})`;
  }

  private hasDirection(item: Node): boolean {
    return walk(item).some(
      (node) => node.kind === 'atomic' || (node.kind === 'group' && this.referenced.has(node.index)),
    );
  }

  /**
   * To JavaScript a group that took no part is empty, to Java its reference fails. The two differ at the end of the text:
   * there a group that took part and consumed something does not match again.
   */
  private backReference(index: number): string {
    const group = this.groups.get(index);
    if (!group || !this.closed.has(index)) return NOTATION.none;
    const tookPart = shortest(group) > 0 ? `(?=[^]*$(?!\\k<g${index}>))` : '';
    return `${tookPart}\\k<g${index}>`;
  }
}
