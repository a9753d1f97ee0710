import { ExactNumber } from './exact-number.js';
import { InvalidJsonError } from './invalid-json-error.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { keepOrder, setMember, type JsonObjectDraft } from './members.js';

/** Objects and lists inside each other, at most; the limit of the original's later releases, as the next one. */
export const MAX_NESTING = 2000;
/** Characters of a number. Arithmetic on much longer ones would take seconds. */
const MAX_NUMBER_LENGTH = 5000;

const BYTE_ORDER_MARK = '\uFEFF';
/** Escapes, and control characters, which must not stand in a text. */
const NEEDS_CARE = /[\\\u0000-\u001f]/;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Whether JavaScript gives the number back as it was written. */
export function isFaithful(token: string): boolean {
  return String(Number(token)) === token;
}

/**
 * Reads JSON slowly but exactly: keeps the tokens of numbers that a double would bend and the order of number-like
 * member names, and knows where a text goes wrong. Like the original's parser it ends after the first value: what
 * follows is not looked at.
 */
export function parseExactly(text: string): JsonValue {
  return new ExactParser(text).document();
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

class ExactParser {
  private readonly numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  private at = 0;

  constructor(private readonly text: string) {}

  document(): JsonValue {
    if (this.text.startsWith(BYTE_ORDER_MARK)) this.at++;
    const value = this.value(0);
    const ended = typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
    if (!ended && /\S/.test(this.text.charAt(this.at))) this.fail('the end of the value');
    return value;
  }

  private value(depth: number): JsonValue {
    const next = this.peek();
    if (next === '{') return this.object(depth + 1);
    if (next === '[') return this.list(depth + 1);
    if (next === '"') return this.string();
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private object(depth: number): JsonObject {
    this.open(depth);
    const draft: JsonObjectDraft = {};
    const order = new Set<string>();
    if (!this.skip('}')) {
      do {
        if (this.peek() !== '"') this.fail('a member name in double quotes');
        const key = this.string();
        this.expect(':', 'a colon');
        order.add(key);
        setMember(draft, key, this.value(depth));
      } while (this.skip(','));
      this.expect('}', 'a comma or }');
    }
    const written = [...order];
    if (Object.keys(draft).some((key, index) => key !== written[index])) keepOrder(draft, written);
    return draft;
  }

  private list(depth: number): readonly JsonValue[] {
    this.open(depth);
    const items: JsonValue[] = [];
    if (this.skip(']')) return items;
    do items.push(this.value(depth));
    while (this.skip(','));
    this.expect(']', 'a comma or ]');
    return items;
  }

  private string(): string {
    const start = this.at;
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) this.fail('a closing double quote', this.text.length);
    } while (this.isEscaped(end));
    this.at = end + 1;
    const content = this.text.slice(start + 1, end);
    if (!NEEDS_CARE.test(content)) return content;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      return this.fail('a text without control characters and with valid escapes', start);
    }
  }

  private isEscaped(quote: number): boolean {
    let first = quote;
    while (this.text[first - 1] === '\\') first--;
    return (quote - first) % 2 === 1;
  }

  private number(): number | ExactNumber {
    this.numeral.lastIndex = this.at;
    const token = this.numeral.exec(this.text)?.[0];
    if (token === undefined) return this.fail('a value');
    if (token.length > MAX_NUMBER_LENGTH) this.fail(`a number of at most ${MAX_NUMBER_LENGTH} digits`);
    this.at += token.length;
    return isFaithful(token) || token === '-0' ? Number(token) : new ExactNumber(token);
  }

  private open(depth: number): void {
    if (depth > MAX_NESTING) this.fail(`at most ${MAX_NESTING} objects and lists inside each other`);
    this.at++;
  }

  private peek(): string | undefined {
    while (isBlank(this.text.charCodeAt(this.at))) this.at++;
    return this.text[this.at];
  }

  private skip(character: string): boolean {
    const found = this.peek() === character;
    if (found) this.at++;
    return found;
  }

  private expect(character: string, what: string): void {
    if (!this.skip(character)) this.fail(what);
  }

  private fail(expected: string, at = this.at): never {
    const before = this.text.slice(0, at).split('\n');
    const found = this.text[at];
    const got = found === undefined ? 'the text ends' : `found ${JSON.stringify(found)}`;
    throw new InvalidJsonError(`expected ${expected}, ${got}`, before.length, (before.at(-1) ?? '').length + 1);
  }
}
