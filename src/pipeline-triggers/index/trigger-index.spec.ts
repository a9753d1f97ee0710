import { describe, expect, it } from 'vitest';
import { type Pipeline, type Trigger, readPipeline } from '../../pipelines/index.js';
import type { TriggerHandler } from '../trigger-handler.js';
import type { TriggerKey } from '../trigger-key.js';
import { TriggerIndex } from './trigger-index.js';

/** A handler that looks triggers up by their source, and counts how often it is asked for a key. */
class SourceHandler {
  asked = 0;

  constructor(readonly triggerTypes: readonly string[]) {}

  triggerKey({ source }: Trigger): TriggerKey {
    this.asked++;
    return source === undefined ? { kind: 'incomplete', missing: ['source'] } : { kind: 'key', key: source };
  }
}

const pipelineOf = (id: string, triggers: object[] | null, more: object = {}): Pipeline =>
  readPipeline({ application: 'app', name: id, id, triggers: triggers as never, ...more });
const waitsFor = (source: string, type = 'webhook', more: object = {}): object => ({
  type,
  source,
  enabled: true,
  ...more,
});
const indexOf = (pipelines: Pipeline[], ...handlers: SourceHandler[]): TriggerIndex =>
  new TriggerIndex(pipelines, handlers as unknown as TriggerHandler[]);
const ids = (candidates: readonly { pipeline: Pipeline }[]): unknown[] => candidates.map(({ pipeline }) => pipeline.id);

const webhook = (): SourceHandler => new SourceHandler(['webhook']);

describe('the trigger index', () => {
  it('leads from a key to the triggers that wait for it, in the order of the pipelines', () => {
    const pipelines = [
      pipelineOf('A', [waitsFor('s'), waitsFor('other')]),
      pipelineOf('B', [waitsFor('t')]),
      pipelineOf('C', [waitsFor('s', 'webhook', { tag: '1' }), waitsFor('s', 'webhook', { tag: '2' })]),
    ];

    const found = indexOf(pipelines, webhook()).candidates(['webhook'], 's');

    expect(ids(found)).toEqual(['A', 'C', 'C']);
    expect(found.map(({ trigger }) => trigger.tag)).toEqual([undefined, '1', '2']);
    expect(found[0]?.pipeline).toBe(pipelines[0]);
    expect(found[0]?.trigger).toBe(pipelines[0]?.triggers?.[0]);
  });

  it('asks nothing of a trigger when an event comes, however many there are', () => {
    const handler = webhook();
    const pipelines = Array.from({ length: 1000 }, (_, i) => pipelineOf(String(i), [waitsFor(`s${i}`)]));
    const index = indexOf(pipelines, handler);
    expect(handler.asked).toBe(1000);

    expect(ids(index.candidates(['webhook'], 's7'))).toEqual(['7']);
    expect(handler.asked).toBe(1000);
  });

  it('keeps triggers that are switched off: whoever asks is told why they did not match (core.md §10, test 8)', () => {
    const pipelines = [
      pipelineOf('off', [waitsFor('s')], { disabled: true }),
      pipelineOf('trigger off', [waitsFor('s', 'webhook', { enabled: false })]),
    ];

    expect(ids(indexOf(pipelines, webhook()).candidates(['webhook'], 's'))).toEqual(['off', 'trigger off']);
  });

  it('finds nothing where there are no triggers, none of a handled type, or none of any type (tests 9, 10)', () => {
    const pipelines = [pipelineOf('none', null), pipelineOf('odd', [waitsFor('s', 'unknown'), { source: 's' }])];
    const index = indexOf(pipelines, webhook());

    for (const type of ['webhook', 'unknown', '']) expect(index.candidates([type], 's')).toEqual([]);
  });

  it('compares types to the letter, and keeps the keys of different types apart', () => {
    const handlers = [webhook(), new SourceHandler(['git'])];
    const index = indexOf([pipelineOf('P', [waitsFor('s', 'Webhook'), waitsFor('s', 'git')])], ...handlers);

    expect(index.candidates(['webhook'], 's')).toEqual([]);
    expect(ids(index.candidates(['git'], 's'))).toEqual(['P']);
  });

  it('goes through the types of a handler one after the other', () => {
    const builds = new SourceHandler(['jenkins', 'travis']);
    const index = indexOf(
      [pipelineOf('T', [waitsFor('s', 'travis')]), pipelineOf('J', [waitsFor('s', 'jenkins')])],
      builds,
    );

    expect(ids(index.candidates(builds.triggerTypes, 's'))).toEqual(['J', 'T']);
  });

  it('lists triggers that can never match, with what they lack', () => {
    const index = indexOf([pipelineOf('P', [{ type: 'webhook', enabled: true }, waitsFor('s')])], webhook());

    expect(index.incomplete).toMatchObject([{ pipeline: { id: 'P' }, missing: ['source'] }]);
    expect(ids(index.candidates(['webhook'], 's'))).toEqual(['P']);
  });
});
