import { describe, expect, it } from 'vitest';
import { HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { ArtifactoryHandler } from './artifactory.handler.js';

const reference = 'com.test.spinnaker:artifact:0.1.0-dev';
const artifact = { type: 'maven/file', name: 'com.test.spinnaker:artifact', reference, version: '0.1.0-dev' };
const trigger = { type: 'artifactory', artifactorySearchName: 'libs' };
const bench = new HandlerBench(new ArtifactoryHandler());

const eventOf = (content: object | null) => ({ details: { type: 'artifactory' }, content, eventId: 'E' });
const found = eventOf({ name: 'libs', artifact });

describe('an artifact that a search in Artifactory found', () => {
  it('starts the pipeline and is its artifact (core.md §10, tests 197, 198)', async () => {
    const { started, tags } = await bench.hold(found, trigger);

    expect(started).toMatchObject([{ ...trigger, enabled: true, eventId: 'E' }]);
    expect(started[0]?.received).toEqual([{ ...artifact, customKind: false, metadata: {} }]);
    expect(tags).toEqual([{ monitor: 'ArtifactoryEventHandler', application: 'application' }]);
  });

  it('may be missing from the event', async () => {
    expect((await bench.hold(eventOf({ name: 'libs' }), trigger)).started).toMatchObject([{ received: [] }]);
  });

  it('starts each pipeline that waits for it (test 199)', async () => {
    const pipelines = ['A', 'B'].map((id) => pipelineWith([trigger], { id }));

    expect((await bench.holdAgainst(found, ...pipelines)).started).toHaveLength(2);
  });

  it.each([
    { enabled: false },
    { type: 'git' },
    { artifactorySearchName: 'groovy-name' },
    { artifactorySearchName: null },
  ])('starts no trigger with %j (tests 200 to 202)', async (changes) => {
    expect((await bench.hold(found, { ...trigger, ...changes })).started).toEqual([]);
  });

  it.each([
    ['com.test.spinnaker:artifact:.*', 1],
    ['com.test.spinnaker:artifact:1.1.*', 0],
  ])('is held against the expected artifact %s (tests 204, 205)', async (pattern, count) => {
    const expectedArtifacts = [{ id: 'a', matchArtifact: { type: 'maven/file', reference: pattern } }];
    const pipeline = pipelineWith([{ ...trigger, expectedArtifactIds: ['a'] }], { expectedArtifacts });

    const { started, rejections } = await bench.holdAgainst(found, pipeline);

    expect(started).toHaveLength(count);
    expect(rejections.filter((text) => text.startsWith('expectedArtifactIds: '))).toHaveLength(1 - count);
  });

  it('starts nothing that expects an artifact the pipeline does not have (test 203)', async () => {
    expect((await bench.hold(found, { ...trigger, expectedArtifactIds: ['1234'] })).started).toEqual([]);
  });

  it('has to be an artifact', async () => {
    expect((await bench.hold(eventOf(null), trigger)).unusable).toBe('content: missing');
    await expect(bench.hold(eventOf({ name: 'libs', artifact: 'x' }), trigger)).rejects.toThrow('content.artifact');
  });
});
