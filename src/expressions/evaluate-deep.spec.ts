import { describe, expect, it } from 'vitest';
import { ExactNumber, type JsonValue } from '../platform/json/index.js';
import { evaluateDeep } from './index.js';

const ROOT = { trigger: { tag: 'v12', buildNumber: 100, parameters: { n: 3 }, hash: null } };

const evaluate = (value: JsonValue, textOnly = false) => {
  return evaluateDeep(value, ROOT, { now: 0, matches: () => undefined, textOnly });
};

describe('evaluating all texts of a value', () => {
  it('evaluates texts in maps and lists, however deep, and leaves everything else', () => {
    const artifact = {
      id: 'ea1',
      defaultArtifact: {
        reference: "index.docker.io/o/r:${trigger['tag']}",
        metadata: { tags: ['${trigger.tag}', 7] },
      },
      useDefaultArtifact: true,
      boundArtifact: null,
    };

    expect(evaluate(artifact)).toEqual({
      value: {
        id: 'ea1',
        defaultArtifact: { reference: 'index.docker.io/o/r:v12', metadata: { tags: ['v12', 7] } },
        useDefaultArtifact: true,
        boundArtifact: null,
      },
      kept: [],
    });
  });

  it('evaluates the names of members', () => {
    expect(evaluate({ '${trigger.tag}': 1, '${trigger.buildNumber}': 2, '${trigger.parameters}': 3 }).value).toEqual({
      v12: 1,
      100: 2,
      '${trigger.parameters}': 3,
    });
  });

  it('tells what was kept, where, and why', () => {
    const { value, kept } = evaluate({ a: ['${trigger.nosuch}'], '${trigger.nope}': '${trigger.hash}-${trigger.tag}' });

    expect(value).toEqual({ a: ['${trigger.nosuch}'], '${trigger.nope}': '${trigger.hash}-v12' });
    expect(kept).toEqual([
      { path: 'a[0]', text: '${trigger.nosuch}', reason: "'trigger.nosuch': there is no property 'nosuch'" },
      { path: '${trigger.nope}', text: '${trigger.nope}', reason: "'trigger.nope': there is no property 'nope'" },
      { path: '${trigger.nope}', text: '${trigger.hash}-${trigger.tag}', reason: "'trigger.hash' is null" },
    ]);
  });

  it('gives back the same object where there is nothing to evaluate', () => {
    const artifact = { name: 'n', list: [1, { $: '{}' }], exact: new ExactNumber('1.0') };

    expect(evaluate(artifact).value).toBe(artifact);
  });

  it('gives raw values unless texts are wanted', () => {
    expect(evaluate(['${trigger.buildNumber}', '${trigger.parameters}', '${1.0}'])).toEqual({
      value: [100, { n: 3 }, new ExactNumber('1.0')],
      kept: [],
    });
  });

  it('writes numbers and booleans as Java does where texts are wanted, and refuses lists and maps', () => {
    const { value, kept } = evaluate(['${trigger.buildNumber}', '${1.0}', '${1 > 2}', '${trigger.parameters}'], true);

    expect(value).toEqual(['100', '1.0', 'false', '${trigger.parameters}']);
    expect(kept).toEqual([
      {
        path: '[3]',
        text: '${trigger.parameters}',
        reason: 'it gives a list or a map where a text is needed',
      },
    ]);
  });

  it('does not evaluate what an expression gave', () => {
    const root = { trigger: { tag: '${trigger.tag}' } };
    const outcome = evaluateDeep('${trigger.tag}', root, { now: 0, matches: () => undefined });

    expect(outcome).toEqual({ value: '${trigger.tag}', kept: [] });
  });

  it('keeps a member called __proto__ a member', () => {
    const value = JSON.parse('{"__proto__": "${trigger.tag}"}') as JsonValue;

    expect(JSON.stringify(evaluate(value).value)).toBe('{"__proto__":"v12"}');
  });

  it('counts the reading of expressions as work', () => {
    const { kept } = evaluate(Array.from({ length: 1_000 }, () => `\${'${'a'.repeat(1_000)}'}`));

    expect(kept.length).toBeGreaterThan(500);
  });

  it('bounds the work of all texts together', () => {
    const busy = '${ {1,2,3,4,5,6,7,8,9,10}.![#this * 2].![#this * 2].![#this * 2].size() }';
    const { value, kept } = evaluate(Array.from({ length: 20_000 }, () => busy));

    expect(value).toEqual(expect.arrayContaining([10, busy]));
    expect(kept.at(-1)?.reason).toMatch(/takes too much work$/);
  });

  it('leaves what is nested absurdly deep', () => {
    let value: JsonValue = '${trigger.tag}';
    for (let depth = 0; depth < 1_000; depth++) value = [value];

    expect(evaluate(value).value).toBe(value);
  });
});
