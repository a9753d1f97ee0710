import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isJsonList, parseJson, type JsonObject, type JsonValue } from '../platform/json/index.js';
import { PatternCompiler } from '../platform/regex/index.js';
import { ConstraintMatcher } from './index.js';

const matcher = new ConstraintMatcher(new PatternCompiler());
const object = (json: string): JsonObject => parseJson(json) as JsonObject;

const byPath = (constraints: JsonObject, payload: JsonObject): string =>
  matcher.meetsJsonPath(constraints, payload).kind;
const plain = (constraints: JsonObject, values: JsonObject): string => matcher.meetsPlain(constraints, values).kind;

describe('constraints on a payload with JsonPaths (core.md §4.3)', () => {
  const payload = object(
    '{"s":"hello","n":3,"f":1.50,"dbl":1e10,"b":true,"nul":null,"o":{"x":"y","k.d":"dot"},"ls":["a.yml","b.txt"],' +
      '"ln":[1,2],"lo":[{"id":1,"v":"foo"},{"id":2,"v":"bar"}],"eo":{},"empty":[],"nest":[["in"]],' +
      '"multi":"line1\\nline2","withNull":["a",null]}',
  );

  it.each([
    ['s', 'ell'],
    ['s', ''],
    ['s', null],
    ['o', 'x=y'],
    ['ls', '^\\[a.yml, b.txt\\]$'],
    ['n', '^3$'],
    ['f', '^1.5$'],
    ['dbl', '^1.0E10$'],
    ['o.x', 'y'],
    ['$.o.x', 'y'],
    ['@.s', 'hello'],
    ["o['x']", 'y'],
    ["$['o']['k.d']", 'dot'],
    ['$.n', '3'],
    ['$.b', 'true'],
    ['$.f', '1.5'],
    ['$.dbl', 'E10'],
    ['$.ls', 'yml'],
    ['$.ls[*]', 'yml'],
    ['$.ls[0]', 'yml'],
    ['$.ls[-1]', 'txt'],
    ['$.ln[0]', '1'],
    ['$.nest[0]', 'in'],
    ['$.lo[*].v', 'bar'],
    ['$..v', 'foo'],
    ['$.lo[?(@.id==2)].v', 'bar'],
    ['$.lo[?(@.v=~/ba.*/)].v', 'bar'],
    ['$.ls.length()', '2'],
    ['$.ln.sum()', '3'],
    ['$.eo', ''],
  ])('%s → %s is met', (key, constraint) => {
    expect(matcher.meetsJsonPath({ [key]: constraint }, payload)).toEqual({ kind: 'met' });
  });

  it.each([
    ['s', '^ell'],
    ['s', 'HELLO'],
    ['s', '['],
    ['$.s', '['],
    ['nul', '.*'],
    ['nul', null],
    ['missing', null],
    ['o.k.d', 'dot'],
    ['$.f', '^1.50$'],
    ['$.dbl', '10000000000'],
    ['$.o', 'x'],
    ['$.empty', '.*'],
    ['$.ls[9]', 'x'],
    ['$.missing.x', 'x'],
    ['$.eo', 'x'],
    ['$', '.*'],
    ['$.', '.*'],
    ['$$$', '.*'],
    [' ', '.*'],
    ['', '.*'],
    ['$.changes[a].value', '.*'],
    ['multi', '^line2'],
    ['multi', 'line1.line2'],
    ['$.ln', '1'],
    ['$.lo[*].id', '1'],
    ['$.lo', 'foo'],
    ['$.lo[?(@.id==2)]', 'bar'],
    ['$..*', 'hello'.repeat(2)],
    ['$.nest', 'in'],
    ['$.withNull', 'b'],
    ['$.withNull[1]', '.*'],
    ['$.s', null],
    ['$.ls', null],
    ['$.lo[*].v', null],
    ['$.o', null],
  ])('%s → %s is not met', (key, constraint) => {
    expect(matcher.meetsJsonPath({ [key]: constraint }, payload)).toMatchObject({ kind: 'unmet', key });
  });

  it('are met when there are none, but never without a payload', () => {
    expect(matcher.meetsJsonPath({}, payload)).toEqual({ kind: 'met' });
    expect(matcher.meetsJsonPath({}, null)).toMatchObject({ kind: 'unmet', expected: 'a payload', got: 'none' });
  });

  it('must all be met; the first that is not is told', () => {
    const result = matcher.meetsJsonPath({ s: 'hello', '$.n': '4', '$.b': 'false' }, payload);

    expect(result).toEqual({ kind: 'unmet', key: '$.n', expected: '4', got: '3' });
  });

  it('look at the texts of a list up to the first item that is none', () => {
    const mixed = object('{"l":["foo",1,"bar"]}');

    expect(byPath({ '$.l': 'foo' }, mixed)).toBe('met');
    expect(matcher.meetsJsonPath({ '$.l': 'bar' }, mixed)).toMatchObject({
      got: 'a list with 1 in it, which is not a text',
    });
  });

  it('do not see members that are null', () => {
    const sparse = object('{"o":{"a":null,"b":"x"},"l":[{"v":null},{"v":"y"}]}');

    expect(byPath({ '$.o.*': '^x$' }, sparse)).toBe('met');
    expect(byPath({ '$.o.length()': '^1$' }, sparse)).toBe('met');
    expect(byPath({ '$.l[*].v': '^y$' }, sparse)).toBe('met');
    expect(byPath({ o: 'a=null' }, sparse)).toBe('met');
  });

  it.each([
    ['$.ls', 'z', 'a.yml, b.txt'],
    ['$.o', 'z', 'an object'],
    ['$.empty', 'z', 'an empty list'],
    ['$.nope', 'z', 'nothing'],
    ['nope', null, 'nothing'],
    ['nul', null, 'nothing'],
    ['$.s', null, 'a path, which needs a pattern'],
    ['$.nope[', 'z', 'nothing'],
    ['$.[', 'z', "an invalid path: expected a name in quotes, an index, * or a filter at position 3 of '$.['"],
    ['s', '(', 'an invalid pattern: '],
    ['$.empty.sum()', 'z', 'a calculation needs at least one number'],
  ])('%s → %s: got %s', (key, constraint, got) => {
    const result = matcher.meetsJsonPath({ [key]: constraint }, payload);

    expect(result.kind === 'unmet' && result.got.startsWith(got)).toBe(true);
  });

  it.each([
    ['s', '(', true],
    ['$.s', '(', true],
    ['$.[', 'x', true],
    ['$.[', null, true],
    ['a member with blanks', 'x', false],
    ['s', 'x', false],
    ['$.nope', 'x', false],
    ['$.s', null, false],
  ])('%s → %s: the constraint is to blame: %s', (key, constraint, blamed) => {
    const result = matcher.meetsJsonPath({ [key]: constraint }, payload);

    expect(result.kind === 'unmet' && result.fault !== undefined).toBe(blamed);
  });

  it('cut what they got', () => {
    const result = matcher.meetsJsonPath({ big: 'z' }, { big: 'x'.repeat(1000) });

    expect(result.kind === 'unmet' && result.got).toBe(`${'x'.repeat(100)}…`);
  });

  it('never match by what objects inherit', () => {
    for (const key of ['constructor', '__proto__', 'toString', '$.constructor', '$.o.__proto__']) {
      expect(byPath({ [key]: null }, payload)).toBe('unmet');
      expect(byPath({ [key]: '' }, payload)).toBe('unmet');
    }
    expect(plain({ constructor: '' }, payload)).toBe('unmet');
  });
});

describe.each([
  ['plain', plain],
  ['with JsonPaths', byPath],
])('constraints %s, as the original tests them (core.md §10, 33 to 50)', (_, meets) => {
  const payload: JsonObject = { one: 'one', two: 'two', three: 'three' };
  const other: JsonObject = { four: 'four', five: 'five' };
  const list = ['uno', 'one'];

  it.each<[string, JsonObject, JsonObject, string]>([
    ['a part of the text', { one: 'o' }, payload, 'met'],
    ['the text', { one: 'one' }, payload, 'met'],
    ['no such key', { one: 'one' }, other, 'unmet'],
    ['a bad pattern', { one: '[one,two' }, payload, 'unmet'],
    ['a list as constraint', { one: list }, payload, 'met'],
    ['a list as constraint, no such key', { one: list }, other, 'unmet'],
    ['the text of a list', { one: "['uno', 'one']" }, payload, 'met'],
    ['the text of a list against a list', { one: "['uno', 'one']" }, { one: ['one'] }, 'met'],
    ['a list against a list', { one: list }, { one: ['one'] }, 'met'],
    ['a null constraint', { one: null }, payload, 'met'],
    ['a null value', { one: null }, { one: null }, 'unmet'],
    ['no constraints', {}, payload, 'met'],
  ])('%s', (_name, constraints, values, expected) => {
    expect(meets(constraints, values)).toBe(expected);
  });
});

describe('constraints on a nested payload, as the original tests them (core.md §10, 51 to 61)', () => {
  const payload = object(`{
    "one": {
      "test1": {"title": "test", "isValid": true, "author": {"name": "edgar", "username": "e"},
        "modified": ["folder1/file1.txt", "folder1/file2.txt", "folder2/file1.yml"]},
      "test2": {"title": "another test", "created": ["folder3/new.txt"], "isValid": false,
        "author": {"name": "jorge"}, "changes": [{"id": 1, "value": "foo"}, {"id": 2, "value": "bar"}]}},
    "two": {"test3": {"count": 3, "ref": null, "isActive": false}}}`);

  it.each<[JsonObject, string]>([
    [{ '$.one.test1.title': 'st' }, 'met'],
    [{ '$.one.test2.title': 'no match' }, 'unmet'],
    [{ '$.one.test1.isValid': 'true' }, 'met'],
    [{ '$.two.test3.count': '3' }, 'met'],
    [{ '$.one.test1.modified': '.yml' }, 'met'],
    [{ '$.one.test1.modified': '.xml' }, 'unmet'],
    [{ '$.one.test1.author': 'edgar' }, 'unmet'],
    [{ '$.two.test2.changes': 'bar' }, 'unmet'],
    [{ '$.two.test4.changes': 'bar' }, 'unmet'],
    [{ '$.one.test2.changes[a].value': 'bar' }, 'unmet'],
    [{ '$.one.test1.title': 'st', '$.one.test2.title': 'no match' }, 'unmet'],
  ])('%j is %s', (constraints, expected) => {
    expect(byPath(constraints, payload)).toBe(expected);
  });
});

describe('plain constraints (core.md §4.1)', () => {
  it('take a key with dots as the name of a member', () => {
    expect(plain({ 'a.b': 'x' }, { 'a.b': 'x' })).toBe('met');
    expect(plain({ 'a.b': 'x' }, { a: { b: 'x' } })).toBe('unmet');
    expect(plain({ '$.a': 'x' }, { a: 'x' })).toBe('unmet');
  });

  it('are found in the text that Java prints', () => {
    const values = object('{"l":["a",["b"]],"o":{"x":"y","n":null},"d":1e10,"h":100.0,"i":100,"b":true}');

    for (const [key, text] of Object.entries({
      l: '[a, [b]]',
      o: '{x=y, n=null}',
      d: '1.0E10',
      h: '100.0',
      i: '100',
    })) {
      expect(matcher.meetsPlain({ [key]: `^\\Q${text}\\E$` }, values)).toEqual({ kind: 'met' });
    }
  });
});

describe('a hostile constraint', () => {
  it('is not met when its pattern takes too long', () => {
    const payload = { a: `${'a'.repeat(5000)}!` };

    expect(matcher.meetsPlain({ a: '(a+)+\\1$' }, payload)).toMatchObject({
      got: 'a pattern that takes longer than 50 ms',
      fault: 'a pattern that takes longer than 50 ms',
    });
  });
});

describe('what a path is read as, compared with json-path 2.9', () => {
  interface Row {
    readonly path: string;
    readonly document: string;
    readonly json?: JsonValue;
    readonly text?: string;
    readonly value?: JsonValue;
  }
  const file = new URL('../platform/json-path/vectors.jsonl', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => parseJson(line) as unknown as Row);
  const documents = new Map(rows.flatMap(({ document, json }) => (json === undefined ? [] : [[document, json]])));
  const cases = rows
    .filter(({ document, json }) => json === undefined && ['A', 'B', 'C'].includes(document))
    .filter(({ path, document }) => !(path in (documents.get(document) as object)))
    .map((row) => ({ ...row, payload: documents.get(row.document) as JsonObject }));

  /** Java's text of its smallest double has a digit more than needed. */
  const odd = '4.9E-324';
  const quoted = (text: string): string => `\\Q${text.replaceAll('\\E', '\\E\\\\E\\Q')}\\E`;

  it.each(cases.filter(({ text }) => text !== undefined && text !== odd))(
    '$path has the text $text',
    ({ path, text = '', payload }) => {
      expect(byPath({ [path]: quoted(text) }, payload)).toBe('met');
      expect(byPath({ [path]: `${quoted(text)}.` }, payload)).toBe('unmet');
    },
  );

  it.each(cases.filter(({ text }) => text === undefined))('$path has no text but those of a list', (row) => {
    const items = isJsonList(row.value) ? row.value : [];
    const end = items.findIndex((item) => typeof item !== 'string');
    const texts = (end < 0 ? items : items.slice(0, end)) as readonly string[];

    expect(byPath({ [row.path]: '' }, row.payload)).toBe(texts.length > 0 ? 'met' : 'unmet');
    for (const text of texts) expect(byPath({ [row.path]: quoted(text) }, row.payload)).toBe('met');
  });
});
