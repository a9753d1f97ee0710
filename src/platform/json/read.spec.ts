import { describe, expect, it } from 'vitest';
import { CoercionError, parseJson, read, type JsonObject, type Reader } from './index.js';

const FAULT = Symbol('fault');

function outcome<T>(reader: Reader<T>, json: string): T | typeof FAULT {
  try {
    return reader(parseJson(json));
  } catch (error) {
    if (error instanceof CoercionError) return FAULT;
    throw error;
  }
}

/** Every row was taken from the original's JSON mapper. */
describe('taking values as the original does', () => {
  it.each([
    ['null', undefined],
    ['"x"', 'x'],
    ['""', ''],
    ['true', 'true'],
    ['42', '42'],
    ['1.50', '1.5'],
    ['1e10', '1.0E10'],
    ['12345678901234567890', '12345678901234567890'],
    ['[]', FAULT],
    ['{}', FAULT],
  ])('%s as a text', (json, expected) => {
    expect(outcome(read.text, json)).toBe(expected);
  });

  it.each([
    ['null', false],
    ['true', true],
    ['"true"', true],
    ['"True"', true],
    ['"TRUE"', true],
    ['" true "', true],
    ['"False"', false],
    ['""', false],
    ['" "', false],
    ['"null"', false],
    ['0', false],
    ['-1', true],
    ['12345678901234567890', true],
    ['1.0', FAULT],
    ['"tRUE"', FAULT],
    ['"yes"', FAULT],
    ['"1"', FAULT],
    ['[]', FAULT],
    ['{}', FAULT],
  ])('%s as a flag', (json, expected) => {
    expect(outcome(read.flag, json)).toBe(expected);
  });

  it.each([
    ['null', undefined],
    ['""', undefined],
    ['" "', undefined],
    ['"null"', undefined],
    ['42', 42],
    ['"42"', 42],
    ['" 42 "', 42],
    ['"+7"', 7],
    ['"-7"', -7],
    ['1.9', 1],
    ['-1.9', -1],
    ['1.0e2', 100],
    ['0.00001', 0],
    ['2147483647', 2147483647],
    ['2147483648', FAULT],
    ['"3000000000"', FAULT],
    ['1e10', FAULT],
    ['"1.5"', FAULT],
    ['"abc"', FAULT],
    ['true', FAULT],
    ['[]', FAULT],
  ])('%s as a whole number', (json, expected) => {
    expect(outcome(read.int, json)).toBe(expected);
  });

  it.each([
    ['null', undefined],
    ['{"a":1}', { a: 1 }],
    ['[]', FAULT],
    ['""', FAULT],
    ['1.0', FAULT],
  ])('%s as an object', (json, expected) => {
    expect(outcome(read.object, json)).toEqual(expected);
  });

  it('reads lists and maps of texts, nulls included', () => {
    expect(outcome(read.listOf(read.text), '["a",1,true,null,1.5]')).toEqual(['a', '1', 'true', undefined, '1.5']);
    expect(outcome(read.listOf(read.text), '""')).toBe(FAULT);
    expect(outcome(read.texts, '{"a":1,"b":null,"c":1.5}')).toEqual({ a: '1', b: null, c: '1.5' });
    expect(outcome(read.texts, '{"a":{}}')).toBe(FAULT);
  });

  it('tells apart a flag that is not there', () => {
    expect(['null', '""', 'false'].map((json) => outcome(read.optionalFlag, json))).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  it('says where a fault is, from the outside in', () => {
    const document = parseJson('{"triggers":[{},{},{"parameters":[],"tags":{"a":[1]}}]}') as JsonObject;
    const trigger = (member: string, reader: Reader<unknown>): Reader<unknown> =>
      read.listOf((value) => read.member(read.object(value) ?? {}, member, reader));

    expect(() => read.member(document, 'triggers', trigger('parameters', read.object))).toThrow(
      'triggers[2].parameters: expected an object, got a list',
    );
    expect(() => read.member(document, 'triggers', trigger('tags', read.texts))).toThrow(
      'triggers[2].tags.a: expected a text, got a list',
    );
  });

  it('never reads what an object inherits', () => {
    expect(read.member({}, 'constructor', read.text)).toBeUndefined();
  });
});
