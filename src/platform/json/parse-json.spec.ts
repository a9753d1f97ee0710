import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber, InvalidJsonError, keysOf, memberOf, parseJson, stringifyJson, type JsonObject } from './index.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

function faultOf(text: string): InvalidJsonError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof InvalidJsonError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('reading JSON', () => {
  it('gives what JSON.parse gives for everything that JavaScript writes itself', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const value = parseJson(text);
        expect(JSON.parse(stringifyJson(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '1.0',
    '1.50',
    '1e10',
    '-0.0',
    '12345678901234567890',
    '9007199254740993',
    '0.12345678901234567890',
    '1E400',
  ])('keeps the number %s as it was written', (token) => {
    const value = parseJson(`{"a": [${token} , "x"]}`);

    expect(value).toEqual({ a: [new ExactNumber(token), 'x'] });
    expect(stringifyJson(value)).toBe(`{"a":[${token},"x"]}`);
  });

  it.each(['0', '-1', '1.5', '-0.25', '9007199254740991', '1e-7', '1e+21'])('takes %s as a plain number', (token) => {
    expect(parseJson(`[${token}]`)).toEqual([Number(token)]);
  });

  it('keeps every number token, whatever it is', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
    const token = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -400, max: 400 })))
      .map(([sign, whole, part, exponent]) => {
        const integer = whole.replace(/^0+(?=\d)/, '');
        return `${sign}${integer}${part === null ? '' : `.${part}`}${exponent === null ? '' : `e${exponent}`}`;
      })
      .filter((text) => text !== '-0');
    fc.assert(
      fc.property(token, (text) => {
        expect(stringifyJson(parseJson(`[1,${text}]`))).toBe(`[1,${text}]`);
      }),
    );
  });

  it('is not misled by numbers inside of texts', () => {
    expect(parseJson('{"v": "at 1.0, \\" :1e5 ]"}')).toEqual({ v: 'at 1.0, " :1e5 ]' });
  });

  it('keeps the order of number-like member names, through a copy and a removal too', () => {
    const value = parseJson('{"b":1,"2":{"10":0,"9":1},"1":3}') as JsonObject;
    const { b: _, ...rest } = value;

    expect(keysOf(value)).toEqual(['b', '2', '1']);
    expect(stringifyJson(value)).toBe('{"b":1,"2":{"10":0,"9":1},"1":3}');
    expect(stringifyJson({ ...rest, c: 4 })).toBe('{"2":{"10":0,"9":1},"1":3,"c":4}');
  });

  it('takes the last of two members of the same name, in the place of the first', () => {
    expect(stringifyJson(parseJson('{"b":1,"0":1.0,"b":2}'))).toBe('{"b":2,"0":1.0}');
  });

  it.each(['{"__proto__":{"evil":true},"a":1}', '{"__proto__":{"evil":true},"a":1.0}'])(
    'takes __proto__ in %s as a member like any other',
    (text) => {
      const value = parseJson(text) as JsonObject;

      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(value['evil']).toBeUndefined();
      expect(memberOf(value, '__proto__')).toEqual({ evil: true });
      expect(memberOf(value, 'constructor')).toBeUndefined();
      expect(stringifyJson(value)).toBe(text);
    },
  );

  it('forgives a byte order mark and, as the original does, what follows the value', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
    expect(parseJson('{"a":1}\n}')).toEqual({ a: 1 });
  });

  it('takes 2000 levels and refuses 2001, natively, exactly and broken', () => {
    expect(stringifyJson(parseJson(nested(2000)))).toBe(nested(2000));
    for (const text of [nested(2001), nested(2001).replace('[]', '[1.0]'), '['.repeat(100_000)]) {
      expect(faultOf(text).message).toContain('expected at most 2000 objects and lists inside each other');
    }
  });

  it('takes numbers of 5000 digits and refuses longer ones', () => {
    expect(parseJson(`[${'9'.repeat(5000)}]`)).toEqual([new ExactNumber('9'.repeat(5000))]);
    expect(faultOf(`{"a":${'9'.repeat(5001)}}`).message).toContain(
      'line 1, column 6: expected a number of at most 5000',
    );
  });

  it.each([
    ['{', 1, 2, 'expected a member name in double quotes, the text ends'],
    ['', 1, 1, 'expected a value, the text ends'],
    ['{"a":1,\n "b" 2}', 2, 6, 'expected a colon, found "2"'],
    ['{"a":1,}', 1, 8, 'expected a member name in double quotes, found "}"'],
    ['[1 2]', 1, 4, 'expected a comma or ], found "2"'],
    ['{"a":1 "b":2}', 1, 8, 'expected a comma or }, found "\\""'],
    ['{"a": nope}', 1, 7, 'expected a value, found "n"'],
    ["{'a':1}", 1, 2, 'expected a member name in double quotes, found "\'"'],
    ['[01]', 1, 3, 'expected a comma or ], found "1"'],
    ['["a\\x"]', 1, 2, 'expected a text without control characters and with valid escapes, found "\\""'],
    ['["a', 1, 4, 'expected a closing double quote, the text ends'],
    ['2024-01-01', 1, 5, 'expected the end of the value, found "-"'],
  ])('says where %j goes wrong and what would be right', (text, line, column, what) => {
    const fault = faultOf(text);

    expect(fault).toMatchObject({ line, column, status: 400, code: 'invalid-json' });
    expect(fault.message).toBe(`Invalid JSON at line ${line}, column ${column}: ${what}.`);
  });

  it('refuses what JSON.parse refuses, unless a whole value comes first', () => {
    const spoiled = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', ',', '}', '[', '\\', '1', 'x', '\u0001'))
      .map(([text, at, insert]) => {
        const place = at % (text.length + 1);
        return `[${text.slice(0, place)}${insert}${text.slice(place + (insert === '' ? 1 : 0))}`;
      });
    fc.assert(
      fc.property(spoiled, (text) => {
        const whole = `${text}]`;
        let native: unknown = InvalidJsonError;
        try {
          native = JSON.parse(whole);
        } catch {
          const end = [...whole].findIndex((_, index) => whole[index] === ']' && isJson(whole.slice(0, index + 1)));
          if (end < 0) expect(faultOf(whole)).toBeInstanceOf(InvalidJsonError);
          return;
        }
        expect(JSON.parse(stringifyJson(parseJson(whole)))).toEqual(native);
      }),
      { numRuns: 500 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
