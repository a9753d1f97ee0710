import { type JsonValue, parseJson, setMember } from '../json/index.js';
import { parseDecimal } from './decimals.js';
import { PathSyntaxError } from './fault.js';
import { indexOfUnescaped, unescapeText } from './text.js';

const WORDS = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const MAX_NESTING = 100;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads JSON as people write it into paths: texts may stand in single quotes or in none, and there
 * may be too many commas, as in `['a', b, {c: 1},]`.
 */
export function parseLenientJson(text: string): JsonValue {
  const reader = new LenientReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

class LenientReader {
  private at = 0;
  private nesting = 0;

  constructor(private readonly text: string) {}

  value(): JsonValue {
    switch (this.peek()) {
      case '{':
        return this.object();
      case '[':
        return this.list();
      case '"':
      case "'":
        return this.quoted();
      default:
        return this.bare();
    }
  }

  end(): void {
    if (this.peek() !== undefined) this.fail();
  }

  private list(): JsonValue {
    const items: JsonValue[] = [];
    this.open();
    while (!this.skip(']')) if (!this.skip(',')) items.push(this.value());
    this.nesting--;
    return items;
  }

  private object(): JsonValue {
    const object: Record<string, JsonValue> = {};
    this.open();
    while (!this.skip('}')) if (!this.skip(',')) this.member(object);
    this.nesting--;
    return object;
  }

  private open(): void {
    if (++this.nesting > MAX_NESTING) this.fail();
    this.at++;
  }

  private member(object: Record<string, JsonValue>): void {
    const next = this.peek();
    const key = next === '"' || next === "'" ? this.quoted() : this.word(/[^:,[\]{}]*/y);
    if (!this.skip(':')) this.fail();
    setMember(object, key, this.value());
  }

  private quoted(): string {
    const end = indexOfUnescaped(this.text, this.text.charAt(this.at), this.at);
    if (end < 0) this.fail();
    const text = unescapeText(this.text.slice(this.at + 1, end));
    this.at = end + 1;
    return text;
  }

  private bare(): JsonValue {
    const word = this.word(/[^,[\]{}]*/y);
    const known = WORDS.get(word);
    if (known !== undefined) return known;
    return JSON_NUMBER.test(word) ? parseJson(word) : (parseDecimal(word) ?? word);
  }

  private word(extent: RegExp): string {
    extent.lastIndex = this.at;
    const [word = ''] = extent.exec(this.text) ?? [];
    this.at += word.length;
    if (word.trim() === '') this.fail();
    return word.trim();
  }

  private peek(): string | undefined {
    while (/\s/.test(this.text.charAt(this.at))) this.at++;
    return this.text[this.at];
  }

  private skip(character: string): boolean {
    const found = this.peek() === character;
    if (found) this.at++;
    return found;
  }

  private fail(): never {
    throw new PathSyntaxError(`'${this.text}' is not JSON`);
  }
}
