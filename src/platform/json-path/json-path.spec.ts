import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber, isJsonList, isJsonObject, javaText, keysOf, parseJson, type JsonValue } from '../json/index.js';
import { PatternCompiler } from '../regex/index.js';
import { compilePath, type CompiledPath, type PathResult } from './index.js';

/** Printed by json-path 2.9.0 with json-smart, exceptions suppressed, each path compiled anew. */
interface Vector {
  readonly path: string;
  readonly document: string;
  readonly invalid?: true;
  readonly definite?: boolean;
  /** Nothing, null, or an exception. */
  readonly missing?: true;
  readonly value?: JsonValue;
}

const lines = readFileSync(new URL('vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => parseJson(line) as unknown as Vector & { readonly json?: JsonValue });
const documents = new Map(lines.flatMap(({ document, json }) => (json === undefined ? [] : [[document, json]])));
const vectors = lines.filter((line) => line.json === undefined);
const patterns = new PatternCompiler();

/** A text of a value that tells all types apart, integers from doubles included. */
function canonical(value: JsonValue): string {
  if (typeof value === 'number' || value instanceof ExactNumber) return `#${javaText(value)}`;
  if (isJsonList(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${keysOf(value).map((key) => `${key}:${canonical(value[key] ?? null)}`)}}`;
}

function compiled(path: string, maxSteps?: number): Extract<CompiledPath, { kind: 'compiled' }>['path'] {
  const outcome = compilePath(path, patterns, maxSteps);
  if (outcome.kind === 'invalid') throw new Error(outcome.reason);
  return outcome.path;
}

function evaluate(path: string, json: string): PathResult {
  return compiled(path).evaluate(parseJson(json));
}

describe('a path, compared with json-path 2.9', () => {
  it.each(vectors.filter(({ invalid }) => invalid))('$path cannot be read', ({ path }) => {
    expect(compilePath(path, patterns).kind).toBe('invalid');
  });

  it.each(vectors.filter(({ missing }) => missing))('$path leads to nothing in $document', (vector) => {
    const path = compiled(vector.path);
    const result = path.evaluate(documents.get(vector.document) ?? null);

    expect(path.definite).toBe(vector.definite);
    expect(result.kind === 'missing' || result.value === null).toBe(true);
  });

  it.each(vectors.filter(({ value }) => value !== undefined))('$path leads to $value in $document', (vector) => {
    const path = compiled(vector.path);
    const result = path.evaluate(documents.get(vector.document) ?? null);

    expect(path.definite).toBe(vector.definite);
    expect(result.kind === 'found' && canonical(result.value)).toBe(canonical(vector.value ?? null));
  });
});

describe('a path', () => {
  it.each([
    ['', 'it ends with a dot'],
    ['a b', "expected brackets and quotes around a name with blanks at position 4 of '$.a b'"],
    ['$.l[?(@.a =~ /(/)]', 'invalid pattern /(/'],
    ['$.l[?(@.a == x)]', "expected a value at position 9 of the filter '(@.a == x)'"],
    ['$.l[x]', "expected a name in quotes, an index, * or a filter at position 4 of '$.l[x]'"],
    [`$${'.a'.repeat(5001)}`, 'it is longer than 10000 characters'],
  ])('%s is refused with a reason', (path, reason) => {
    const outcome = compilePath(path, patterns);

    expect(outcome.kind === 'invalid' && outcome.reason).toContain(reason);
  });

  it('says why it makes no sense for a document', () => {
    expect(evaluate('$.a.sum()', '{"a":[]}')).toEqual({
      kind: 'missing',
      reason: 'a calculation needs at least one number',
    });
    expect(evaluate('$.a.nope()', '{"a":[]}')).toEqual({ kind: 'missing', reason: "there is no function 'nope'" });
    expect(evaluate('$.a', '{}')).toEqual({ kind: 'missing' });
  });

  it('never finds what objects inherit', () => {
    for (const path of ['constructor', '__proto__', '$.toString', "$..['constructor']", '$.a.length']) {
      expect(['missing', '[]']).toContain(show(evaluate(path, '{"a":[1]}')));
    }
    expect(evaluate("$['__proto__','a'].x", '{"__proto__":{"x":1},"a":{"x":2}}')).toEqual({
      kind: 'found',
      value: [1, 2],
    });
  });

  it('can be used again and gives the same', () => {
    const path = compiled('$..[*].a');
    const document = parseJson('[{"a":1},{"b":{"a":2}}]');

    expect(path.evaluate(document)).toEqual(path.evaluate(document));
  });

  it('compares integers beyond 2^53 exactly', () => {
    const json = '[{"id":9007199254740993,"n":"a"},{"id":9007199254740992,"n":"b"}]';

    expect(evaluate('$[?(@.id == 9007199254740993)].n', json)).toEqual({ kind: 'found', value: ['a'] });
    expect(evaluate('$[?(@.id < 9007199254740993)].n', json)).toEqual({ kind: 'found', value: ['b'] });
  });
});

describe('a hostile path or document', () => {
  const tooMuch = { kind: 'missing', reason: 'the path needs too many steps on this document' };

  it.each([
    '$..*',
    '$..[?(@..[?(@..a)])]',
    '$[?(@..a == $..b)]',
    '$[?($..a subsetof @..a)]',
    '$[*].concat($)',
    '$[?(@ == $[0] || $ == $)].a',
  ])('%s is given up when it takes too many steps', (path) => {
    const document = Array.from({ length: 300 }, (_, n) => ({ a: [n, n, n], b: { a: [n] } }));

    expect(compiled(path, 2_000).evaluate(document)).toEqual(tooMuch);
  });

  it('spares a slice that reaches far beyond the list', () => {
    expect(compiled('$[-2000000000:2]', 100).evaluate([1, 2, 3])).toEqual({ kind: 'found', value: [1, 2, 3, 1, 2] });
  });

  it('gives up when a pattern takes too long', () => {
    const json = `{"a":["${'a'.repeat(40)}!"]}`;

    expect(evaluate('$.a[?(@ =~ /(?=a)(a|aa)+(\\1)b/)]', json)).toEqual({
      kind: 'missing',
      reason: 'a pattern of the path takes too long',
    });
  });

  it('reaches the bottom of the deepest document', () => {
    const json = '{"a":'.repeat(1999) + '{"b":1}' + '}'.repeat(1999);

    expect(evaluate('$..b', json)).toEqual({ kind: 'found', value: [1] });
    expect(evaluate('$..b.sum()', json)).toMatchObject({ kind: 'found' });
    expect(evaluate('$[?(@ == $.a)]', json)).toMatchObject({ kind: 'found' });
  });

  it.each([
    ['(', '@.a', ')', 'fewer conditions inside each other'],
    ['!(', '@.a', ')', 'fewer conditions inside each other'],
    ['@[?(', '@.a', ')]', 'more than 50 filters and functions inside each other'],
  ])('%s repeated too often is refused', (open, middle, close, reason) => {
    const nested = (depth: number): CompiledPath =>
      compilePath(`$[?(${open.repeat(depth)}${middle}${close.repeat(depth)})]`, patterns);

    expect(nested(1).kind).toBe('compiled');
    for (const depth of [200, 800]) expect(nested(depth)).toMatchObject({ kind: 'invalid' });
    expect(nested(200)).toMatchObject({ reason: expect.stringContaining(reason) as string });
  });

  it('refuses lists inside each other without end', () => {
    const nested = (depth: number): string => `$[?(@ == ${'['.repeat(depth)}${']'.repeat(depth)})]`;

    expect(compilePath(nested(50), patterns).kind).toBe('compiled');
    expect(compilePath(nested(4000), patterns)).toMatchObject({ kind: 'invalid' });
  });

  it('never makes anything throw', () => {
    const pieces = fc.constantFrom(
      ...['$', '@', '.', '..', '[', ']', '(', ')', '[?(', ')]', '*', "'a'", '"b"', 'a', '0', '-1', ':', ','],
      ...[' == ', ' =~ /a/', ' in ', ' && ', '!', '[1,2]', '.length()', '.sum(', '{"a":1}', ' ', '\\', '/', ' empty '],
    );
    const path = fc.array(pieces, { maxLength: 12 }).map((parts) => `$${parts.join('')}`);
    fc.assert(
      fc.property(fc.oneof(path, fc.string()), fc.jsonValue({ maxDepth: 4 }), (text, json) => {
        const outcome = compilePath(text, patterns, 10_000);
        if (outcome.kind === 'compiled') outcome.path.evaluate(json as JsonValue);
      }),
      { numRuns: 3_000 },
    );
  });
});

function show(result: PathResult): string {
  return result.kind === 'missing' ? 'missing' : canonical(result.value);
}
