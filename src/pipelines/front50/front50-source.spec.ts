import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, Front50Client } from '../../clients/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { TriggerTypes } from '../trigger-types.js';
import { Front50Source } from './front50-source.js';

let received: ReceivedRequest[];
let front50: HttpPeer;
let context: INestApplicationContext;
let settings: TestSettings;
let types: TriggerTypes;
let source: Front50Source;

beforeEach(async () => {
  received = [];
  front50 = await HttpPeer.start((request) => {
    received.push(request);
    return json([{ id: 'P' }]);
  });
  settings = new TestSettings({ 'front50.baseUrl': front50.url });
  context = await nestContext([ClientsModule], { settings });
  types = new TriggerTypes();
  source = new Front50Source(context.get(Front50Client), settings, types);
});

afterEach(async () => {
  await context.close();
  await front50.close();
});

describe('pipelines from front50', () => {
  it('are all of them by default (core.md §10, test 3)', async () => {
    expect(await source.load()).toEqual([{ id: 'P' }]);

    expect(received.map(({ url }) => url)).toEqual(['/pipelines?restricted=false']);
    expect(source.partial()).toBe(false);
  });

  it('can be those with a trigger that Echo handles, each type named once, in order (tests 2, 11)', async () => {
    settings.set('pipelineCache.filterFront50Pipelines', true);
    types.add(['trigger-type-two', 'trigger-type-one']);
    types.add(['trigger-type-two', 'cron']);

    await source.load();

    expect(received.map(({ url }) => url)).toEqual([
      '/pipelines?restricted=false&enabledPipelines=true&enabledTriggers=true' +
        '&triggerTypes=cron%2Ctrigger-type-one%2Ctrigger-type-two',
    ]);
    expect(source.partial()).toBe(true);
  });

  it('are looked up by id and by name', async () => {
    await source.byId('a b', NOBODY);
    await source.byName('app', 'a/b', NOBODY);

    expect(received.map(({ url }) => url)).toEqual(['/pipelines/a%20b/get', '/pipelines/app/name/a%2Fb?refresh=true']);
  });

  it('are loaded every half minute unless configured, from where the title says', () => {
    expect(source.intervalMs()).toBe(30_000);
    settings.set('front50.pollingIntervalMs', 5);
    expect(source.intervalMs()).toBe(5);
    expect(source.title).toBe(`front50 at ${front50.url}`);
  });
});
