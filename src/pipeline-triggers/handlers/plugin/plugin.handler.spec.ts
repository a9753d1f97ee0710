import { describe, expect, it } from 'vitest';
import { HandlerBench } from '../../../../test/support/handler-bench.js';
import { PluginHandler } from './plugin.handler.js';

const bench = new HandlerBench(new PluginHandler());
const release = {
  pluginId: 'a.b',
  description: 'd',
  provider: 'pr',
  version: '1.0.0',
  releaseDate: '2024-01-01',
  requires: 'orca>=1',
  parsedRequires: [{ service: 'orca', operator: '>=', version: '1' }],
  binaryUrl: 'http://b',
  sha512sum: 's',
};

const eventOf = (kind: string | null | undefined, content: object | null = release) => ({
  details: { type: 'plugin', source: 'front50', ...(kind !== undefined && { attributes: { pluginEventType: kind } }) },
  content,
  eventId: 'E',
});

describe('the release of a plugin', () => {
  it.each([
    ['RELEASED', 'RELEASED'],
    ['PREFERRED_VERSION_UPDATED', 'PREFERRED_VERSION_UPDATED'],
    ['published', 'PUBLISHED'],
    ['PUBLISHED', null],
    [undefined, null],
    [null, 'PUBLISHED'],
  ])('of the kind %s starts triggers of the kind %s (core.md §10, tests 232, 233)', async (kind, pluginEventType) => {
    const { started, tags } = await bench.hold(eventOf(kind), { type: 'plugin', pluginEventType });

    expect(started).toMatchObject([{ ...release, pluginEventType: kind ?? 'PUBLISHED', received: [] }]);
    expect(tags).toEqual([{ monitor: 'PluginEventHandler', application: 'application' }]);
  });

  it('does not start triggers of another kind (test 234)', async () => {
    const trigger = { type: 'plugin', pluginEventType: 'RELEASED' };

    expect((await bench.hold(eventOf('PREFERRED_VERSION_UPDATED'), trigger)).started).toEqual([]);
  });

  it('starts triggers of any plugin', async () => {
    const { started } = await bench.hold(eventOf('PUBLISHED'), { type: 'plugin', pluginId: 'other' });

    expect(started).toMatchObject([{ pluginId: 'a.b' }]);
  });

  it('passes on neither its event id nor whether it is preferred', async () => {
    const { started } = await bench.hold(eventOf('PUBLISHED', { ...release, preferred: true }), { type: 'plugin' });

    expect(started[0]?.preferred).toBe(false);
    expect(started[0]).not.toHaveProperty('eventId');
  });

  it('has to have content', async () => {
    expect((await bench.hold(eventOf('PUBLISHED', null), { type: 'plugin' })).unusable).toBe('content: missing');
  });
});
