import { CharSet } from './char-set.js';

/** A map, because a plain object would also know the name `constructor`. */
const table = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(entries));

/** The POSIX classes, which are ASCII unless flag `U` is on. */
export const ASCII_CLASSES: ReadonlyMap<string, CharSet> = table({
  ASCII: CharSet.spans('\0\x7f'),
  Alpha: CharSet.spans('AZ', 'az'),
  Alnum: CharSet.spans('09', 'AZ', 'az'),
  Blank: CharSet.spans('\t\t', '  '),
  Cntrl: CharSet.spans('\0\x1f', '\x7f\x7f'),
  Digit: CharSet.spans('09'),
  Graph: CharSet.spans('!~'),
  Lower: CharSet.spans('az'),
  Print: CharSet.spans(' ~'),
  Punct: CharSet.spans('!/', ':@', '[`', '{~'),
  Space: CharSet.spans('\t\r', '  '),
  Upper: CharSet.spans('AZ'),
  XDigit: CharSet.spans('09', 'AF', 'af'),
  L1: CharSet.spans('\0\xff'),
  all: CharSet.all,
});

/** The word characters of flag `U`. */
export const UNICODE_WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
const VISIBLE = '\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}';

/** Unicode's own properties, as `\p{IsName}` in any case and, for POSIX names under flag `U`, as `\p{Name}`. */
export const UNICODE_PROPERTIES: ReadonlyMap<string, string> = table({
  ALPHABETIC: '\\p{Alphabetic}',
  LETTER: '\\p{L}',
  IDEOGRAPHIC: '\\p{Ideographic}',
  LOWERCASE: '\\p{Lowercase}',
  UPPERCASE: '\\p{Uppercase}',
  TITLECASE: '\\p{Lt}',
  WHITE_SPACE: '\\p{White_Space}',
  WHITESPACE: '\\p{White_Space}',
  CONTROL: '\\p{Cc}',
  PUNCTUATION: '\\p{P}',
  HEX_DIGIT: '[\\p{Nd}\\p{Hex_Digit}]',
  HEXDIGIT: '[\\p{Nd}\\p{Hex_Digit}]',
  ASSIGNED: '\\P{Cn}',
  NONCHARACTER_CODE_POINT: '\\p{Noncharacter_Code_Point}',
  NONCHARACTERCODEPOINT: '\\p{Noncharacter_Code_Point}',
  DIGIT: '\\p{Nd}',
  ALNUM: '[\\p{Alphabetic}\\p{Nd}]',
  BLANK: '[\\p{Zs}\\t]',
  GRAPH: `[^${VISIBLE}]`,
  PRINT: `[^\\n-\\r\\x85\\u2028\\u2029\\p{Cc}\\p{Cs}\\p{Cn}]`,
  WORD: UNICODE_WORD,
  JOIN_CONTROL: '\\p{Join_Control}',
  JOINCONTROL: '\\p{Join_Control}',
});

export const POSIX_UNDER_UNICODE: ReadonlyMap<string, string> = table({
  ALPHA: 'ALPHABETIC',
  LOWER: 'LOWERCASE',
  UPPER: 'UPPERCASE',
  SPACE: 'WHITE_SPACE',
  PUNCT: 'PUNCTUATION',
  XDIGIT: 'HEX_DIGIT',
  ALNUM: 'ALNUM',
  CNTRL: 'CONTROL',
  DIGIT: 'DIGIT',
  BLANK: 'BLANK',
  GRAPH: 'GRAPH',
  PRINT: 'PRINT',
});

const IGNORABLE = '\\0-\\x08\\x0e-\\x1b\\x7f-\\x9f\\p{Cf}';

/** `\p{java…}`: the tests of Java's class Character. */
export const JAVA_TESTS: ReadonlyMap<string, string> = table({
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaIdeographic: '\\p{Ideographic}',
  javaTitleCase: '\\p{Lt}',
  javaDigit: '\\p{Nd}',
  javaDefined: '\\P{Cn}',
  javaLetter: '\\p{L}',
  javaLetterOrDigit: '[\\p{L}\\p{Nd}]',
  javaJavaIdentifierStart: '[\\p{L}\\p{Nl}\\p{Sc}\\p{Pc}]',
  javaJavaIdentifierPart: `[\\p{L}\\p{Nl}\\p{Sc}\\p{Pc}\\p{Nd}\\p{Mc}\\p{Mn}${IGNORABLE}]`,
  javaUnicodeIdentifierStart: '\\p{ID_Start}',
  javaUnicodeIdentifierPart: `[\\p{ID_Continue}${IGNORABLE}]`,
  javaIdentifierIgnorable: `[${IGNORABLE}]`,
  javaSpaceChar: '\\p{Z}',
  javaWhitespace: '[\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]',
  javaISOControl: '[\\0-\\x1f\\x7f-\\x9f]',
  javaMirrored: '\\p{Bidi_Mirrored}',
});

/** Under flag `i` a class that asks for one case means all of them. */
export const CASED_CATEGORIES: ReadonlySet<string> = new Set(['Lu', 'Ll', 'Lt']);
export const CASED_CLASSES: ReadonlySet<string> = new Set(['\\p{Lowercase}', '\\p{Uppercase}', '\\p{Lt}']);
export const ANY_CASE = '[\\p{Lowercase}\\p{Uppercase}\\p{Lt}]';
