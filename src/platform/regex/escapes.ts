import { CharSet } from './char-set.js';
import type { ParseContext } from './parse-context.js';
import { PatternFault } from './pattern-fault.js';
import type { PatternReader } from './pattern-reader.js';

const DIGIT = CharSet.spans('09');
const WORD = CharSet.spans('09', 'AZ', '__', 'az');
const SPACE = CharSet.spans('\t\r', '  ');
const VERTICAL = CharSet.spans('\n\r', '\x85\x85', '\u2028\u2029');
const HORIZONTAL = CharSet.spans('\t\t', '  ', '\xa0\xa0', '\u1680\u1680', '\u180e\u180e', '\u2000\u200a').union(
  CharSet.spans('\u202f\u202f', '\u205f\u205f', '\u3000\u3000'),
);

const CONTROL_CHARS: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['e', 0x1b],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);

/** `\c` flips this bit of the character that follows, whatever it is. */
const CONTROL_BIT = 0x40;
const LAST_CODE_POINT = 0x10ffff;
const MAX_OCTAL = 0o377;

/** A predefined class after its backslash, such as `d`; upper case is the complement. Undefined if it is none. */
export function readClassEscape(letter: string, context: ParseContext): CharSet | undefined {
  const chars = predefined(letter.toLowerCase(), context);
  return letter === letter.toLowerCase() ? chars : chars?.complement();
}

function predefined(letter: string, context: ParseContext): CharSet | undefined {
  const unicode = context.flags.U;
  switch (letter) {
    case 'd':
      return unicode ? context.property('IsDigit') : DIGIT;
    case 'w':
      return unicode ? context.property('IsWord') : WORD;
    case 's':
      return unicode ? context.property('IsWhite_Space') : SPACE;
    case 'h':
      return HORIZONTAL;
    case 'v':
      return VERTICAL;
    case 'p':
      return context.property(readPropertyName(context.reader));
    default:
      return undefined;
  }
}

function readPropertyName(reader: PatternReader): string {
  const first = reader.next();
  if (first === undefined) throw new PatternFault('\\p is not followed by a property');
  if (first !== '{') return first;
  let name = '';
  for (let char = reader.nextRaw(); char !== '}'; char = reader.nextRaw()) {
    if (char === undefined) throw new PatternFault('\\p{ is not closed');
    name += char;
  }
  return name;
}

/** An escape that stands for one character, after its backslash: its code point, or undefined if it is none. */
export function readCharEscape(letter: string, reader: PatternReader): number | undefined {
  switch (letter) {
    case 'x':
      return readHex(reader);
    case 'u':
      return readUtf16(reader);
    case '0':
      return readOctal(reader);
    case 'c':
      return readControl(reader);
    case 'N':
      throw new PatternFault('characters cannot be given by name here; write \\x{…} with the code point');
    default:
      return /[a-zA-Z1-9]/.test(letter) ? CONTROL_CHARS.get(letter) : letter.codePointAt(0);
  }
}

function readHex(reader: PatternReader): number {
  if (!reader.accept('{')) return readHexDigits(reader, 2, 'x');
  const digits = reader.takeWhile(/[0-9a-fA-F]/);
  if (digits === '' || !reader.accept('}')) throw new PatternFault('\\x{ is not followed by hexadecimal digits and }');
  const code = parseInt(digits, 16);
  if (code > LAST_CODE_POINT) throw new PatternFault(`there is no character \\x{${digits}}`);
  return code;
}

function readHexDigits(reader: PatternReader, count: number, letter: string): number {
  let digits = '';
  while (digits.length < count) digits += reader.next() ?? ' ';
  if (!/^[0-9a-fA-F]+$/.test(digits)) throw new PatternFault(`\\${letter} needs ${count} hexadecimal digits`);
  return parseInt(digits, 16);
}

/** Two escapes in a row that are a surrogate pair make one character. */
function readUtf16(reader: PatternReader): number {
  const unit = readHexDigits(reader, 4, 'u');
  const start = reader.position;
  if (unit >= 0xd800 && unit <= 0xdbff && reader.nextRaw() === '\\' && reader.nextRaw() === 'u') {
    const low = readHexDigits(reader, 4, 'u');
    if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low).codePointAt(0) ?? unit;
  }
  reader.position = start;
  return unit;
}

/** One to three digits, the third only while the value stays within a byte. */
function readOctal(reader: PatternReader): number {
  let value = -1;
  for (let count = 0; count < 3; count++) {
    const digit = reader.peek();
    if (digit === undefined || !/[0-7]/.test(digit)) break;
    const next = Math.max(value, 0) * 8 + Number(digit);
    if (next > MAX_OCTAL) break;
    value = next;
    reader.next();
  }
  if (value < 0) throw new PatternFault('\\0 is not followed by an octal digit');
  return value;
}

function readControl(reader: PatternReader): number {
  const char = reader.next();
  if (char === undefined) throw new PatternFault('\\c is not followed by a character');
  return (char.codePointAt(0) ?? 0) ^ CONTROL_BIT;
}
