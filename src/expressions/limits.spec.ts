import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../platform/json/index.js';
import { evaluateTemplate } from './index.js';

function reasonOf(template: string, root: JsonObject = {}): string {
  const options = { now: 0, maxLength: 1_000_000, matches: () => true };
  const outcome = evaluateTemplate(template, root, options);
  return outcome.kind === 'kept' ? outcome.reason.replace(/^'.*': /s, '') : 'it has a value';
}

const chain = (start: string, link: string, times: number) => `\${${start}${link.repeat(times)}}`;

describe('an expression that asks for too much is kept', () => {
  it.each([
    ['a long text', "${'a' * 1000001}", 'it makes a text over 1000000 characters'],
    ['a text repeated', "${'a'.repeat(1000).repeat(1001)}", 'it makes a text over 1000000 characters'],
    ['a text that doubles', chain("'ab'", ".replaceAll('(.)', '$1$1')", 40), 'it takes too much work'],
    ['a text that grows', chain("'ab'", ".replace('a', 'aaaaaaaaaa')", 7), 'it makes a text over 1000000 characters'],
    ['a text that joins', "${T(String).join('a'.repeat(900000), 1, 2, 3)}", 'it makes a text over 1000000 characters'],
    ['lists that hold each other twice', chain('{1}', '.![{#this,#this}]', 60), 'it takes too much work'],
    ['the text of such a list', `x-${chain('{1}', '.![{#this,#this}]', 60)}`, 'it takes too much work'],
    [
      'the same list compared',
      `\${{1}${'.![{#this,#this}]'.repeat(60)} == {1}${'.![{#this,#this}]'.repeat(60)}}`,
      'it takes too much work',
    ],
    ['many matches', "${'a'.repeat(900).split('').![#this matches 'a']}", 'it takes too much work'],
    ['a search that fails late', "${('a'*500000).contains('b' + 'a'*400000)}", 'it takes too much work'],
    ['a pattern that looks ahead at every place', "${('a'*9000).replaceAll('(a*c)|a', 'b')}", 'it takes too much work'],
    ['a pattern with many states', "${('a'*900).replaceAll('(([ab]?){900}c)|a', 'b')}", 'it takes too much work'],
    ['a pattern that unfolds', "${'a'.replaceAll('(a|b){999}'*40, 'b')}", 'it takes too much work'],
    ['many patterns', "${'a'.repeat(900).split('').![#this.replaceAll('[a-z]'*10, 'b')]}", 'it takes too much work'],
    ['a long pattern', "${'a'.split('a'*501)}", 'a pattern has over 500 characters'],
    ['many words', chain('1', '+1', 1_000), 'it has over 2000 words and signs'],
    ['many parentheses', `\${${'('.repeat(101)}1${')'.repeat(101)}}`, 'it is nested over 100 deep'],
    ['many signs', chain('', '!', 101).replace('}', 'true}'), 'it is nested over 100 deep'],
    ['many branches', chain('1', '?:1', 101), 'it is nested over 100 deep'],
  ])('%s', (_what, template, reason) => {
    expect(reasonOf(template)).toBe(reason);
  });

  it.each([
    ['a list of many', { list: Array.from({ length: 10_001 }, () => 1) }, '${list.![1].size()}'],
    [
      'a map of many',
      { list: Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [at, 1])) },
      '${list.keySet()}',
    ],
  ])('%s', (_what, root, template) => {
    expect(reasonOf(template, root)).toBe('it makes a list over 10000 items');
  });

  it('a value nested absurdly deep', () => {
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 5_000; depth++) deep = [deep];

    expect(reasonOf('${deep}', { deep })).toBe('a value is nested over 200 deep');
    expect(reasonOf('${deep == other}', { deep, other: [deep] })).toBe('a value is nested over 200 deep');
  });
});

describe('what people write is far from the limits', () => {
  it.each([
    ['a chain of sums', chain('1', '+1', 900)],
    ['nested parentheses', `\${${'('.repeat(99)}1${')'.repeat(99)}}`],
    ['a cleaned-up name', "${('Feature/ABC_1 '*30).toLowerCase().replaceAll('[^a-z0-9]+', '-')}"],
    ['a large payload', '${payload.text.length()}'],
  ])('%s', (_what, template) => {
    expect(reasonOf(template, { payload: { text: 'x'.repeat(5_000_000) } })).toBe('it has a value');
  });
});
