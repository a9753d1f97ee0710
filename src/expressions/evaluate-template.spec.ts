import { describe, expect, it } from 'vitest';
import { ExactNumber, type JsonObject, type JsonValue } from '../platform/json/index.js';
import { type EvaluationOptions, evaluateTemplate } from './index.js';

const PIPELINE: JsonObject = {
  application: 'app',
  name: 'my pipe',
  id: 'p1',
  templateVariables: { tv: 'value' },
  receivedArtifacts: [{ type: 'docker/image', name: 'art', version: '9' }],
  trigger: {
    type: 'jenkins',
    enabled: true,
    job: 'j',
    buildNumber: 100,
    hash: null,
    parameters: { foo: 'bar', n: 3 },
    buildInfo: { number: 100, artifacts: [{ fileName: 'a.jar' }] },
    properties: { v: '1.2' },
  },
};

const OPTIONS: EvaluationOptions = {
  now: Date.parse('2024-02-29T12:00:00.123Z'),
  matches: (pattern, text) => new RegExp(`^(?:${pattern})$`).test(text),
};

const evaluate = (text: string, options = OPTIONS, root = PIPELINE) => evaluateTemplate(text, root, options);

const value = (expected: JsonValue) => ({ kind: 'value', value: expected, unresolved: [] });

const kept = (reason = expect.any(String) as string) => ({ kind: 'kept', reason });

describe('an expression in an expected artifact (core.md §4.4)', () => {
  it.each<[string, JsonValue]>([
    ["${trigger['buildNumber']}", 100],
    ['${trigger.buildNumber}', 100],
    ['${ trigger.buildNumber }', 100],
    ['${#root.trigger.buildNumber}', 100],
    ["group:artifact:${trigger['buildNumber']}", 'group:artifact:100'],
    ['${application}/${name}', 'app/my pipe'],
    ['${trigger?.job}', 'j'],
    ['a ${trigger.job} b', 'a j b'],
    ["${trigger.parameters['foo']}", 'bar'],
    ["${trigger['parameters']['foo']}", 'bar'],
    ['${trigger.parameters[foo]}', 'bar'],
    ['${trigger.parameters.foo}', 'bar'],
    ["${trigger.buildInfo['artifacts'][0]['fileName']}", 'a.jar'],
    ["${trigger.properties['v']}", '1.2'],
    ['${receivedArtifacts[0].version}', '9'],
    ['${receivedArtifacts.size()}', 1],
    ["${templateVariables['tv']}", 'value'],
    ["${receivedArtifacts.?[name=='art'][0].version}", '9'],
    ['x-${receivedArtifacts.![version]}', 'x-9'],
    ["${trigger.job == 'j' ? 'yes' : 'no'}", 'yes'],
    ['${trigger.buildNumber > 5 and true}', true],
    ['${trigger.buildNumber gt 5}', true],
    ['${!trigger.enabled}', false],
    ["${id matches 'p.*'}", true],
    ["${'a' == null}", false],
    ["${trigger.parameters['n'] + 1}", 4],
    ["${trigger.buildNumber + '-' + trigger.job}", '100-j'],
    ['${1.5}', 1.5],
    ['x-${1.0}', 'x-1.0'],
    ['x-${trigger.enabled}', 'x-true'],
    ["${trigger.parameters['nope'] ?: 'd'}", 'd'],
    ["${'a' + trigger.hash}", 'anull'],
    ["${name.replaceAll(' ','_')}", 'my_pipe'],
    ["${'a'.toUpperCase()}", 'A'],
    ['${application.substring(0,1)}', 'a'],
    ['${trigger.job.length()}', 1],
    ['${trigger.buildNumber.toString()}', '100'],
    ["${trigger.parameters.containsKey('foo')}", true],
    ['${ {"foo":"bar"}.toString() }', '{foo=bar}'],
    ['x-${ {1,2} }', 'x-1,2'],
  ])('%s gives %j', (template, expected) => {
    expect(evaluate(template)).toEqual(value(expected));
  });

  it.each([
    'x-${ {"a":1} }',
    '${trigger.hash}',
    "a-${trigger.parameters['nope']}-b",
    '${trigger.nosuch}',
    "${trigger['nosuch']}",
    "${#stage('deploy')['version']}",
    "a${trigger.job}-${#stage('x')}",
    "group:artifact:${#stage('deploy')['version']}",
    '$${x}',
    '${}',
    '${trigger.job',
    '${receivedArtifacts[5]}',
    'x-${trigger.parameters}',
    '${T(java.lang.Math).max(1,2)}',
    '${new java.util.Date(0L).getTime()}',
    '${ new java.lang.ProcessBuilder("echo").start().toString() }',
    '${ new java.lang.ProcessBuilder("echo", "bob", ">", "/tmp/bad-process.txt").start().toString() }',
    '${trigger.class.name}',
  ])('%s is left in place', (template) => {
    expect(evaluate(template)).toEqual(kept());
  });

  it.each<[string, JsonValue]>([
    ['${trigger.parameters}', { foo: 'bar', n: 3 }],
    ['${ {1,2} }', [1, 2]],
    ['${receivedArtifacts.![version]}', ['9']],
  ])('%s gives a list or a map as it is', (template, expected) => {
    expect(evaluate(template)).toEqual(value(expected));
  });
});

describe('the helper functions and the fix of the original (newer.md §1)', () => {
  it.each<[string, JsonValue]>([
    ['${ T(Long).parseLong("123") }', 123],
    ['${ T(Integer).parseInt("456") }', 456],
    ['${ T(Boolean).parseBoolean("true") }', true],
    ['${#toJson(trigger.parameters)}', '{"foo":"bar","n":3}'],
    ["${#toInt('42') + 1}", 43],
    ["${#toFloat('1.5')}", 1.5],
    ["${#toBoolean('TRUE')}", true],
    ["${#toBoolean('yes')}", false],
    ["${#toBase64('é')}", 'w6k='],
    ["${#fromBase64('w6k=')}", 'é'],
    ["${#fromBase64('w6k')}", 'é'],
    ["${#alphanumerical('a-b_1.é')}", 'ab1'],
  ])('%s gives %j', (template, expected) => {
    expect(evaluate(template)).toEqual(value(expected));
  });

  it.each([
    '${ T(Long).getLong("long") }',
    '${ T(Integer).getInteger("int") }',
    '${ T(Boolean).getBoolean("bool") }',
    '${new java.util.UUID(0,0).toString()}',
    "${#toInt('2147483648')}",
    "${#toInt('1.0')}",
    "${#toFloat('NaN')}",
    '${#toBase64(null)}',
    "${#fromBase64('w6k==')}",
    "${#fromBase64('a b')}",
    '${#fetchReference(name)}',
    '${#doNotEval(null)}',
  ])('%s is left in place', (template) => {
    expect(evaluate(template)).toEqual(kept());
  });

  it('does not write an expression into JSON unless told not to evaluate it', () => {
    const root = { labels: { owner: 'managed-by-${team}' } };

    expect(evaluate('${#toJson(labels)}', OPTIONS, root)).toEqual(kept());
    expect(evaluate('${#toJson(#doNotEval(labels))}', OPTIONS, root)).toEqual(value('{"owner":"managed-by-${team}"}'));
  });
});

describe('a template', () => {
  it('without an expression is its own value', () => {
    expect(evaluate('$5 {a}')).toEqual(value('$5 {a}'));
  });

  it('keeps braces in lists, maps and quoted texts apart from its own', () => {
    expect(evaluate("${ {'}': \"}\"}['}'] }}")).toEqual(value('}}'));
  });

  it('writes a part that is null back, trimmed, and evaluates the others', () => {
    expect(evaluate("${ trigger.parameters['nope'] }-${trigger.job}")).toEqual({
      kind: 'value',
      value: "${trigger.parameters['nope']}-j",
      unresolved: ["trigger.parameters['nope']"],
    });
  });

  it('says which expression failed, and why', () => {
    expect(evaluate('a-${trigger.job}-${trigger.nosuch}')).toEqual(
      kept("'trigger.nosuch': there is no property 'nosuch'"),
    );
    expect(evaluate('${trigger.hash}')).toEqual(kept("'trigger.hash' is null"));
  });

  it('keeps a whole double apart from an integer', () => {
    expect(evaluate('${2.0 * 2}')).toEqual(value(new ExactNumber('4.0')));
  });

  it('stays when the pattern is invalid or too slow', () => {
    const options = { ...OPTIONS, matches: () => undefined };

    expect(evaluate("${id matches '(a+)+b'}", options)).toEqual(
      kept("'id matches '(a+)+b'': the pattern '(a+)+b' is invalid or too slow"),
    );
  });
});

describe('the length of an expression', () => {
  const job = 'T'.repeat(10_900);
  const template = `group:artifact:\${trigger['job'] == '${job}' ? 'expr-worked' : 'expr-not-worked'}`;
  const root = { trigger: { job } };

  it('is at most 10,000 characters', () => {
    expect(evaluate(template, OPTIONS, root)).toEqual(kept('an expression has over 10000 characters'));
    expect(evaluate(template, { ...OPTIONS, maxLength: -1 }, root)).toEqual(kept());
  });

  it('may be set', () => {
    expect(evaluate(template, { ...OPTIONS, maxLength: 11_000 }, root)).toEqual(value('group:artifact:expr-worked'));
  });
});

describe('dates', () => {
  it.each([
    ['${new java.text.SimpleDateFormat("yyyyMMdd-HHmmss").format(new java.util.Date())}', '20240229-120000'],
    ['${T(java.time.Instant).now().toString()}', '2024-02-29T12:00:00.123Z'],
    ['${T(java.time.LocalDate).now().plusMonths(12).toString()}', '2025-02-28'],
  ])('%s takes the time from the options', (template, expected) => {
    expect(evaluate(template)).toEqual(value(expected));
  });

  it.each([
    '${new java.util.Date()}',
    'x-${T(java.time.LocalDate).now()}',
    '${ {T(java.time.Instant).now()} }',
    "${T(java.time.LocalDate).now() + ''}",
    '${T(java.time.Instant).ofEpochMilli(9000000000000000)}',
    '${T(java.time.LocalDate).now().plusDays(99999999).toString()}',
  ])('%s is no data, so it is left in place', (template) => {
    expect(evaluate(template)).toEqual(kept());
  });
});
