import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { JsonObject } from '../../platform/json/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { readPipeline } from '../../pipelines/index.js';
import { ExpectedArtifactExpressions } from './expected-artifact-expressions.js';

const trigger = { type: 'jenkins', buildNumber: 100, job: 'j', parameters: { foo: 'bar', n: 3 } };

function processed(more: JsonObject, settings: Record<string, unknown> = {}) {
  const processor = new ExpectedArtifactExpressions(
    new PatternCompiler(),
    new ManualClock(),
    new TestSettings(settings),
  );
  return processor.processPipeline(readPipeline({ application: 'app', name: 'my pipe', id: 'p', trigger, ...more }));
}

/** The match artifact of the only expected artifact. */
const matchOf = (matchArtifact: JsonObject, settings?: Record<string, unknown>, given: JsonObject = {}) =>
  processed({ ...given, expectedArtifacts: [{ id: 'ea', matchArtifact }] }, settings).expectedArtifacts?.[0]
    ?.matchArtifact;

describe('expressions in expected artifacts', () => {
  it('see the trigger (core.md §10, test 62)', () => {
    const name = "group:artifact:${trigger['buildNumber']}";

    expect(matchOf({ name, version: "${trigger['buildNumber']}" })).toMatchObject({
      name: 'group:artifact:100',
      version: '100',
    });
  });

  it('see the pipeline and what was received', () => {
    const receivedArtifacts = [{ name: 'art', version: '9' }];

    const match = matchOf(
      { name: '${application}/${name}', version: '${receivedArtifacts[0].version}' },
      {},
      { receivedArtifacts },
    );

    expect(match).toMatchObject({ name: 'app/my pipe', version: '9' });
  });

  it.each([
    ["${receivedArtifacts[0].location ?: 'none'}", 'none'],
    ["${receivedArtifacts.?[type == 'deb'][0].name}", 'typed'],
    ["${triggers[0].tag ?: 'none'}", 'none'],
    ["${expectedArtifacts[0].matchArtifact.version ?: 'none'}", 'none'],
    ['${expectedArtifacts[0].defaultArtifact == null}', 'true'],
    ["${trigger.secret ?: 'none'}", 'none'],
  ])('see null where a member that there can be is not set: %s', (name, text) => {
    const given = {
      trigger: { ...trigger, secret: 's' },
      triggers: [trigger],
      receivedArtifacts: [{ name: 'untyped' }, { name: 'typed', type: 'deb' }],
    };

    expect(matchOf({ name }, {}, given)?.name).toBe(text);
  });

  it.each([
    "group:artifact:${#stage('deploy')['version']}",
    '${trigger.nosuch}',
    '${trigger.hash}',
    '${trigger.parameters}',
    '${trigger.job',
    '${T(java.lang.Math).max(1,2)}',
    '${ new java.lang.ProcessBuilder("echo").start().toString() }',
  ])('that cannot be evaluated stay for orca: %s (tests 63, 66b)', (name) => {
    expect(matchOf({ name })?.name).toBe(name);
  });

  it('are none where a pipeline expects nothing: it then expects an empty list (test 64)', () => {
    expect(processed({}).expectedArtifacts).toEqual([]);
  });

  it('leave everything else as it is (test 65)', () => {
    const match = matchOf({ name: '${ {"foo": "bar"}.toString() }', version: '77', metadata: { id: 5, flag: true } });

    expect(match).toEqual({
      name: '{foo=bar}',
      version: '77',
      customKind: false,
      metadata: { id: 5, flag: true },
    });
  });

  it('are evaluated in the default artifact, too', () => {
    const { expectedArtifacts } = processed({
      expectedArtifacts: [{ id: 'ea', useDefaultArtifact: true, defaultArtifact: { reference: 'r:${trigger.job}' } }],
    });

    expect(expectedArtifacts).toMatchObject([{ useDefaultArtifact: true, defaultArtifact: { reference: 'r:j' } }]);
  });

  it('match patterns of the Java dialect', () => {
    expect(matchOf({ name: "${id matches 'p.*'}" })?.name).toBe('true');
    expect(matchOf({ name: "${id matches '('}" })?.name).toBe("${id matches '('}");
  });

  it('may be as long as configured (test 66)', () => {
    const job = 'T'.repeat(10_900);
    const name = `group:artifact:\${trigger['job'] == '${job}' ? 'expr-worked' : 'expr-not-worked'}`;
    const given = { trigger: { ...trigger, job } };

    expect(matchOf({ name }, { 'expression.maxExpressionLength': 11_000 }, given)?.name).toBe(
      'group:artifact:expr-worked',
    );
    expect(matchOf({ name }, {}, given)?.name).toBe(name);
  });
});
