import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubleOf, javaText, parseJson, stringifyJson, withoutNulls, type JsonObject } from './index.js';

describe('the text of a value as Java prints it', () => {
  it.each([
    ['"a b"', 'a b'],
    ['null', 'null'],
    ['true', 'true'],
    ['42', '42'],
    ['-0', '0'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.5', '1.5'],
    ['1.50', '1.5'],
    ['1.0', '1.0'],
    ['-0.0', '-0.0'],
    ['100.0', '100.0'],
    ['1e10', '1.0E10'],
    ['1e+21', '1.0E21'],
    ['9999999.5', '9999999.5'],
    ['12345678.9', '1.23456789E7'],
    ['0.001', '0.001'],
    ['0.00001', '1.0E-5'],
    ['1.25e-7', '1.25E-7'],
    ['1e400', 'Infinity'],
    ['[]', '[]'],
    ['{}', '{}'],
    ['["a",["b"],null]', '[a, [b], null]'],
    ['{"b":1,"a":"two","nested":{"k":[1,"x",null,true,1.5]}}', '{b=1, a=two, nested={k=[1, x, null, true, 1.5]}}'],
    ['{"b":"x","1":"y"}', '{b=x, 1=y}'],
  ])('%s → %s', (json, text) => {
    expect(javaText(parseJson(json))).toBe(text);
  });

  it('shows a computed double as a double even where it is whole', () => {
    expect([3, 2.5, 1e21, NaN].map((value) => javaText(doubleOf(value)))).toEqual(['3.0', '2.5', '1.0E21', 'NaN']);
  });
});

describe('leaving out nulls', () => {
  it('drops null members at every depth and keeps nulls in lists', () => {
    const value = parseJson('{"a":null,"b":{"c":null,"d":[null,{"e":null,"f":1.0}]},"__proto__":{"g":null}}');

    expect(stringifyJson(withoutNulls(value))).toBe('{"b":{"d":[null,{"f":1.0}]},"__proto__":{}}');
  });

  it('drops undefined members', () => {
    const value = { a: undefined, b: 1 } as unknown as JsonObject;

    expect(Object.keys(withoutNulls(value))).toEqual(['b']);
  });

  it('gives back the very same value where there is nothing to drop', () => {
    const value = parseJson('{"a":[1,{"b":[null]}],"c":{"d":"e"}}') as JsonObject;

    expect(withoutNulls(value)).toBe(value);
  });

  it('keeps untouched parts and the order of members', () => {
    const value = parseJson('{"z":{"kept":1},"2":null,"1":1,"0":2}') as JsonObject;
    const clean = withoutNulls(value);

    expect(clean['z']).toBe(value['z']);
    expect(stringifyJson(clean)).toBe('{"z":{"kept":1},"1":1,"0":2}');
  });

  it('never changes its argument, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (json) => {
        const value = parseJson(JSON.stringify(json));
        const before = stringifyJson(value);
        const clean = withoutNulls(value);
        expect(stringifyJson(value)).toBe(before);
        expect(withoutNulls(clean)).toBe(clean);
        expect(stringifyJson(clean)).not.toContain(':null');
      }),
    );
  });
});
