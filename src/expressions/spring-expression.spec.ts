import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type JsonObject, javaText, parseJson } from '../platform/json/index.js';
import { evaluateTemplate } from './index.js';

interface Vectors {
  readonly root: JsonObject;
  readonly cases: readonly (readonly [template: string, after: string])[];
}

const vectors = parseJson(
  readFileSync(new URL('spring-expression.vectors.json', import.meta.url), 'utf8'),
) as unknown as Vectors;

function after(template: string): string {
  const matches = (pattern: string, text: string) => {
    return pattern === '[' ? undefined : new RegExp(`^(?:${pattern})$`).test(text);
  };
  const outcome = evaluateTemplate(template, vectors.root, { now: 0, matches });
  if (outcome.kind === 'kept') expect(outcome.reason).not.toMatch(/^it failed with/);
  return outcome.kind === 'kept' ? template : javaText(outcome.value);
}

describe('a template means what it means to Spring', () => {
  it.each(vectors.cases)('%s → %s', (template, expected) => {
    expect(after(template)).toBe(expected);
  });
});

describe('on purpose, the text stays where Spring would give', () => {
  it.each([
    ['a whole number that would wrap around', '${trigger.parameters.big * trigger.parameters.big}'],
    ['an infinite number', 'x-${1.0 / 0}'],
    ['a variable that orca may know', "x-${#foo ?: 'd'}"],
    ['arithmetic on characters', "x-${'d' - 3}"],
    ['a question for the type of a value', '${name instanceof T(String)}'],
    ['a getter', '${trigger.parameters.list.empty}'],
    ['the class of a value', '${trigger.job.class.name}'],
    ['a replacement by a class of classes', "${'abc'.replaceAll('[a-c&&[^b]]', '-')}"],
    ['a replacement by a union of classes', "${'abc'.replaceAll('[a[b]]', '-')}"],
    ['a replacement that looks ahead', "${'abc'.replaceAll('a(?=b)', '-')}"],
    ['a replacement that refers back', "${'aab'.replaceAll('(a)\\1', '-')}"],
  ])('%s', (_what, template) => {
    expect(after(template)).toBe(template);
  });

  it('replaces by classes beside escaped brackets', () => {
    expect(after("${'x[a]y'.replaceAll('\\[[a-z]\\]', '-')}")).toBe('x-y');
  });

  it('adds whole numbers beyond the 32 bits of a Java int', () => {
    expect(after('x-${2147483647 + 1}')).toBe('x-2147483648');
  });

  it('takes a number in brackets for the name of a member', () => {
    expect(after('${trigger.parameters[1]}')).toBe('one');
  });
});
