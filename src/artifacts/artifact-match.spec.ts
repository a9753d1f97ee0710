import { describe, expect, it } from 'vitest';
import { PatternCompiler } from '../platform/regex/index.js';
import { type Artifact, artifact, artifactConstraint, matchArtifact, readExpectedArtifact } from './index.js';

const patterns = new PatternCompiler();
type Fields = Parameters<typeof artifact>[0];

function match(expected: Fields, got: Fields): ReturnType<typeof matchArtifact> {
  return matchArtifact(readExpectedArtifact({ matchArtifact: artifact(expected) }), artifact(got), patterns);
}

describe('an artifact against the expected one', () => {
  it.each<[Fields, Fields]>([
    [{}, {}],
    [{ type: '' }, {}],
    [{ name: '' }, {}],
    [{ type: 'docker.*' }, { type: 'docker/image' }],
    [{ type: 'embedded/base64' }, { type: 'remote/base64' }],
    [{ type: 'remote/base64' }, { type: 'embedded/base64' }],
    [{ name: '[' }, { name: '[' }],
    [
      { version: '1.*', location: 'l', reference: 'r.*' },
      { version: '12', location: 'l', reference: 'rx' },
    ],
    [
      { version: '1', artifactAccount: 'x', uuid: 'q', provenance: 'p', metadata: { a: 1 }, customKind: true },
      { version: '1' },
    ],
  ])('%j matches %j', (expected, got) => {
    expect(match(expected, got)).toEqual({ kind: 'matched' });
  });

  it.each<[Fields, Fields, string]>([
    [{ type: 't' }, {}, 'type'],
    [{ name: 'n' }, {}, 'name'],
    [{ type: 'docker' }, { type: 'docker/image' }, 'type'],
    [{ type: 'embedded/.*' }, { type: 'remote/base64' }, 'type'],
    [{ name: ' ' }, { name: 'x' }, 'name'],
    [{ name: 'x' }, { name: '' }, 'name'],
    [{ name: 'a.c' }, { name: 'a\nc' }, 'name'],
    [{ reference: 'A' }, { reference: 'a' }, 'reference'],
    [{ type: 'embedded/base64', name: 'n' }, { type: 'remote/base64', name: 'm' }, 'name'],
    [{ type: 't', location: 'x', version: 'y' }, { type: 't', location: '1', version: '2' }, 'version'],
  ])('%j does not match %j because of the %s', (expected, got, field) => {
    const key = field as keyof Artifact;

    expect(match(expected, got)).toEqual({ kind: 'unmatched', field, expected: expected[key], got: got[key] });
  });

  it('tells a pattern that cannot be used', () => {
    expect(match({ name: '[' }, { name: 'x' })).toMatchObject({ kind: 'invalid', field: 'name' });
    expect(match({ name: '(a+)+\\1$' }, { name: `${'a'.repeat(5000)}!` })).toEqual({
      kind: 'invalid',
      field: 'name',
      reason: '(a+)+\\1$ takes longer than 50 ms',
    });
  });
});

describe('the artifacts that a trigger asks for', () => {
  const image = readExpectedArtifact({ id: 'image', matchArtifact: { type: 'docker/image', name: 'repo/.*' } });
  const chart = readExpectedArtifact({ id: 'chart', matchArtifact: { type: 'helm/chart' } });
  const broken = readExpectedArtifact({ id: 'broken', matchArtifact: { name: '[' } });
  const pipeline = [image, chart, broken];
  const received = [artifact({ name: 'x' }), artifact({ type: 'docker/image', name: 'repo/app' })];

  const outcome = (
    ids: readonly string[] | undefined,
    expected = pipeline,
    got: readonly Artifact[] = received,
  ): unknown => artifactConstraint(ids, expected, got, patterns);

  it('are there when it asks for none', () => {
    expect(outcome(undefined)).toEqual({ kind: 'met' });
    expect(outcome([])).toEqual({ kind: 'met' });
    expect(outcome([], [], [])).toEqual({ kind: 'met' });
  });

  it('are there when one received artifact is one of them', () => {
    expect(outcome(['image'])).toEqual({ kind: 'met' });
    expect(outcome(['chart', 'image'])).toEqual({ kind: 'met' });
    expect(outcome(['nobody', 'image'])).toEqual({ kind: 'met' });
  });

  it('are found though another expectation is a broken pattern', () => {
    expect(outcome(['broken', 'image'])).toEqual({ kind: 'met' });
  });

  it('are missing when the pipeline has none of that id, or nothing came', () => {
    const expected = 'an artifact that matches nobody';

    expect(outcome(['nobody'])).toEqual({
      kind: 'unmet',
      expected,
      got: 'no such expected artifact in the pipeline',
    });
    expect(artifactConstraint(['nobody'], undefined, received, patterns)).toMatchObject({ kind: 'unmet' });
    expect(outcome(['image'], pipeline, [])).toMatchObject({ kind: 'unmet', got: 'no artifacts' });
  });

  it('are missing when none matches; each one is explained', () => {
    const result = artifactConstraint(['chart', 'broken'], pipeline, received, patterns);

    expect(result).toMatchObject({
      kind: 'unmet',
      expected: 'an artifact that matches chart (helm/chart) or broken ([)',
      fault: expect.stringMatching(/^broken: invalid pattern for name: /) as string,
    });
    expect(result.kind === 'unmet' && result.got.split('; ')).toEqual([
      "x: no type, expected 'helm/chart'",
      expect.stringMatching(/^x: invalid pattern for name: /),
      "docker/image repo/app: type 'docker/image', expected 'helm/chart'",
    ]);
  });

  it('may hold expressions, which are not evaluated yet', () => {
    const templated = readExpectedArtifact({ id: 't', matchArtifact: { name: '${trigger.tag}' } });

    expect(outcome(['t'], [templated], [artifact({ name: '${trigger.tag}' })])).toEqual({ kind: 'met' });
    expect(outcome(['t'], [templated], [artifact({ name: 'v1' })])).toMatchObject({ kind: 'unmet' });
  });
});
