import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExactNumber, type JsonObject, type JsonValue } from '../platform/json/index.js';
import { evaluateDeep, evaluateTemplate } from './index.js';

const ROOT = JSON.parse(`{
  "application": "app", "name": "my pipe", "list": ["a", "b", 3, null, 1.5],
  "trigger": {"job": "j", "buildNumber": 100, "hash": null, "enabled": true, "parameters": {"foo": "bar", "n": 3}},
  "odd": {"__proto__": {"x": 1}, "constructor": "mine", "length": 9}
}`) as JsonObject;

const OPTIONS = { now: 1_700_000_000_000, matches: (pattern: string, text: string) => pattern === text };

const evaluate = (template: string) => evaluateTemplate(template, ROOT, OPTIONS);

/** Plain data down to the last leaf: nothing with a prototype of its own, no function, no symbol, no text too long. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || value instanceof ExactNumber) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.length <= 1_000_000;
  if (Array.isArray(value)) return value.every(isPlain);
  return (
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(Object.getOwnPropertyDescriptors(value)).every((member) => 'value' in member && isPlain(member.value))
  );
}

describe('the host is out of reach', () => {
  it.each([
    '${constructor}',
    '${__proto__}',
    '${prototype}',
    '${toString}',
    '${hasOwnProperty}',
    "${#root['constructor']}",
    "${trigger['__proto__']}",
    '${trigger.__proto__.polluted}',
    '${trigger.constructor.constructor}',
    "${trigger.constructor('return process')()}",
    "${''.constructor.constructor('return globalThis')()}",
    '${name.constructor.fromCharCode(65)}',
    "${name['constructor']}",
    "${name['length']}",
    '${name.length}',
    '${name.length.call(name)}',
    '${name.toUpperCase.call(name)}',
    "${name.toUpperCase.apply(name, {'a'})}",
    '${name.trim.bind(name)}',
    '${name.__proto__}',
    '${name.valueOf()}',
    '${name.hasOwnProperty("x")}',
    '${name.__defineGetter__("x", name)}',
    "${name.replaceAll('m', #root.constructor)}",
    '${list.constructor}',
    '${list.map(name)}',
    '${list.push(1)}',
    "${list['constructor']}",
    "${list['length']}",
    "${list['__proto__']}",
    '${trigger.parameters.put("a", 1)}',
    '${trigger.parameters.remove("foo")}',
    '${trigger.parameters.clear()}',
    '${trigger.buildNumber.constructor}',
    '${trigger.buildNumber.toFixed(1)}',
    '${(1.0).token}',
    '${(1.0).constructor}',
    '${T(java.time.Instant).now().epochMs}',
    '${T(java.time.Instant).now().constructor}',
    "${new java.text.SimpleDateFormat('y').pattern}",
    '${#doNotEval(name).data}',
    '${#toJson.constructor}',
    '${#constructor(1)}',
    '${#__proto__(1)}',
    '${#hasOwnProperty("x")}',
    '${T(constructor).constructor()}',
    '${T(__proto__).toString()}',
    '${T(String).constructor("x")}',
    '${T(String).__proto__()}',
    '${T(java.lang.Runtime).getRuntime().exec("id")}',
    '${T(java.lang.System).getenv()}',
    '${T(java.lang.System).exit(1)}',
    '${T(java.lang.Class).forName("java.lang.Runtime")}',
    '${T(Function)("return 1")}',
    '${new Function("return process")()}',
    '${new constructor()}',
    '${new __proto__()}',
    '${new java.lang.ProcessBuilder("id").start()}',
    '${new java.net.URL("http://localhost").openStream()}',
    "${''.getClass()}",
    "${''.class}",
    "${''.getClass().forName('java.lang.Runtime')}",
    '${getClass()}',
    '${process}',
    '${process.exit(1)}',
    '${process.env.HOME}',
    '${globalThis.canary = 1}',
    '${globalThis.canary}',
    '${import("node:fs")}',
    '${require("fs")}',
    '${eval("1")}',
    '${this.constructor}',
    '${#this.constructor}',
    '${@bean}',
    '${&factory}',
    '${name = 1}',
    '${trigger.buildNumber++}',
    '${--trigger.buildNumber}',
    '${`x`}',
    '${() => 1}',
    '${1; 2}',
    '${name\\u0000}',
  ])('%s is kept', (template) => {
    expect(evaluate(template)).toEqual({ kind: 'kept', reason: expect.any(String) as string });
  });

  it('reads a member with a dangerous name only where the data has it', () => {
    expect(evaluate('${odd.constructor}')).toMatchObject({ value: 'mine' });
    expect(evaluate('${odd.length}')).toMatchObject({ value: 9 });
    expect(evaluate("${odd['__proto__'].x}")).toMatchObject({ value: 1 });
  });

  it('makes maps with dangerous names without touching a prototype', () => {
    const outcome = evaluate("${ {'__proto__': {polluted: 1}, constructor: 2}.?[true] }");

    expect(JSON.stringify(outcome)).toContain('{"__proto__":{"polluted":1},"constructor":2}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

const WORDS = [
  ...['trigger', 'name', 'list', 'odd', 'job', 'parameters', 'foo', 'constructor', '__proto__', 'prototype', 'call'],
  ...[
    'process',
    'globalThis',
    'canary',
    'eval',
    'new ',
    'T(',
    'String',
    'java.util.Date',
    'java.time.Instant',
    'now()',
  ],
  ...['.', '?.', '[', ']', '(', ')', '{', '}', ',', ':', '?', '?:', '#', '!', '.![', '.?[', '.^[', '.$[', '${', ' '],
  ...['+', '-', '*', '/', '%', '^', '==', '!=', '<', '>=', '=', '&&', '||', ' and ', ' or ', ' not ', ' matches '],
  ...['0', '1', '2.5', '1e9', '9007199254740991', "'a'", "'['", '"b"', "''", "'", '"', 'true', 'false', 'null'],
  ...['#root', '#this', '#toJson(', '#doNotEval(', '.toString()', '.size()', '.replaceAll(', '.split(', '.repeat('],
  ...[
    '.get(',
    '.substring(',
    '.values()',
    '.keySet()',
    '.format(',
    '.equals(',
    ' between ',
    '\\',
    '\n',
    '😀',
    '\u0000',
  ],
];

/** Expressions that parse, so that the fuzzing reaches every operation. */
const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(
    'name',
    'list',
    'odd',
    'trigger',
    'trigger.parameters',
    'trigger.hash',
    '#this',
    '1',
    '2.5',
    "'a,b'",
    'true',
    'null',
    '{}',
    '{:}',
    'T(java.time.LocalDate).of(2024,1,31)',
  ),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '%', '^', '==', '<', ' and ', ' or ', '?:', ' matches '),
        tie('expression'),
      )
      .map(([a, b, c]) => `(${a}${b}${c})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('![', '?[', '^[', '$['), tie('expression'))
      .map(([a, b, c]) => `${a}.${b}${c}]`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          'toString',
          'size',
          'split',
          'replaceAll',
          'substring',
          'get',
          'join',
          'plusMonths',
          'concat',
          'repeat',
          'indexOf',
          'constructor',
          'call',
        ),
        fc.array(tie('expression'), { maxLength: 2 }),
      )
      .map(([a, b, c]) => `${a}.${b}(${c.join()})`),
    fc
      .tuple(
        fc.constantFrom('toJson', 'toInt', 'toBase64', 'fromBase64', 'doNotEval', 'alphanumerical'),
        tie('expression'),
      )
      .map(([a, b]) => `#${a}(${b})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `{${items.join()}}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `{a:${a},'__proto__':${b}}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a}?${b}:${c})`),
  ),
}));

describe('whatever is written', () => {
  const global = globalThis as { canary?: string };
  const before = JSON.stringify(ROOT);

  beforeEach(() => {
    global.canary = 'untouched';
  });

  afterEach(() => {
    expect(global.canary).toBe('untouched');
    expect(JSON.stringify(ROOT)).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
    delete global.canary;
  });

  const check = (template: string): void => {
    const outcome = evaluate(template);
    if (outcome.kind === 'value') expect(isPlain(outcome.value)).toBe(true);
    else expect(outcome.reason).not.toMatch(/^it failed with/);
  };

  it('never throws, never fails unforeseen, and gives nothing but plain data: any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => check(`\${${text}}`)),
      { numRuns: 3_000 },
    );
  });

  it('… any soup of words', () => {
    const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(''));

    fc.assert(
      fc.property(soup, (text) => {
        check(text);
        check(`\${${text}}`);
      }),
      { numRuns: 5_000 },
    );
  });

  it('… any expression that parses', () => {
    fc.assert(
      fc.property(expression, (text) => {
        check(`\${${text}}`);
        check(`x-\${${text}}`);
      }),
      { numRuns: 5_000 },
    );
  });

  it('… anywhere in any JSON', () => {
    const json = fc.jsonValue({ depthSize: 'medium' }).map((value) => value as JsonValue);

    fc.assert(
      fc.property(json, expression, fc.boolean(), (value, text, textOnly) => {
        const outcome = evaluateDeep({ value, [`\${${text}}`]: `\${${text}}` }, ROOT, { ...OPTIONS, textOnly });
        expect(isPlain(outcome.value)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
