import { type INestApplicationContext, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nestContext } from '../../../test/support/nest-context.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { Bus } from '../../events/index.js';
import {
  type Pipeline,
  type Snapshot,
  type TriggerInvalid,
  TriggerTypes,
  pipelinesRefreshed,
  readPipeline,
  triggerInvalid,
} from '../../pipelines/index.js';
import { WebhookHandler } from '../handlers/webhook/webhook.handler.js';
import { IndexHolder } from './index-holder.js';
import { InvalidTriggers } from './invalid-triggers.js';

@Module({
  imports: [EventEmitterModule.forRoot({ global: false }), DiscoveryModule],
  providers: [Bus, TriggerTypes, WebhookHandler, InvalidTriggers, IndexHolder],
})
class IndexModule {}

const pipelineOf = (id: string, trigger: object): Pipeline =>
  readPipeline({ application: 'app', name: id, id, triggers: [{ type: 'webhook', enabled: true, ...trigger }] });

let context: INestApplicationContext;
let holder: IndexHolder;
let log: RecordedLog;
let invalid: TriggerInvalid[];
let known: Snapshot | undefined;

beforeEach(async () => {
  context = await nestContext([IndexModule]);
  log = RecordedLog.start();
  holder = context.get(IndexHolder);
  known = undefined;
  invalid = [];
  context.get(Bus).subscribe(triggerInvalid, 'test', (fault) => void invalid.push(fault));
});

afterEach(() => context.close());

async function refresh(...pipelines: Pipeline[]): Promise<void> {
  const snapshot: Snapshot = { pipelines, skipped: [], loadedAt: 0 };
  await context.get(Bus).publishAndWait(pipelinesRefreshed, { snapshot, before: known });
  known = snapshot;
}

describe('the holder of the index', () => {
  it('says which types of triggers there are', () => {
    expect(context.get(TriggerTypes).all()).toEqual(['webhook']);
  });

  it('has no index before the first load, and lets those wait who need one', async () => {
    let ready = false;
    const waiting = holder.ready().then((index) => {
      ready = true;
      return index;
    });
    await Promise.resolve();
    expect([holder.current, ready]).toEqual([undefined, false]);

    await refresh(pipelineOf('P', { source: 's' }));

    expect((await waiting).candidates(['webhook'], 's')).toHaveLength(1);
    expect(holder.current).toBe(await waiting);
  });

  it('builds the index anew when a pipeline has changed, and not otherwise', async () => {
    const same = pipelineOf('P', { source: 's' });
    await refresh(same);
    const first = holder.current;

    await refresh(same);
    expect(holder.current).toBe(first);

    await refresh(pipelineOf('P', { source: 't' }));
    expect(holder.current?.candidates(['webhook'], 's')).toEqual([]);
    expect(holder.current?.candidates(['webhook'], 't')).toHaveLength(1);
  });
});

describe('a trigger that can never match', () => {
  const incomplete = pipelineOf('P', { source: null });

  it('is told of once, as long as it stays so', async () => {
    await refresh(incomplete);
    await refresh(incomplete, pipelineOf('Q', { source: 's' }));

    expect(log.at('warn')).toEqual(['Trigger of app:P can never match: a webhook trigger needs source']);
    expect(invalid).toEqual([
      {
        application: 'app',
        pipelineName: 'P',
        pipelineId: 'P',
        triggerId: incomplete.triggers?.[0]?.id,
        triggerType: 'webhook',
        reason: 'a webhook trigger needs source',
      },
    ]);
  });

  it('is told of again when it had been mended in between', async () => {
    await refresh(incomplete);
    await refresh(pipelineOf('P', { source: 's' }));
    await refresh(incomplete);

    expect(invalid).toHaveLength(2);
  });

  it('is nobody’s concern while it is switched off', async () => {
    await refresh(pipelineOf('P', { source: null, enabled: false }));

    expect([log.at('warn'), invalid]).toEqual([[], []]);
  });
});
