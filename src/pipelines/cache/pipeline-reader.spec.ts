import { beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import type { Hydration } from './hydration.js';
import { PipelineReader, type ReadOutcome } from './pipeline-reader.js';
import { PipelineNotes } from './pipeline-notes.js';

const stored = (id: string, more: Record<string, JsonValue> = {}): JsonObject => ({
  application: 'app',
  name: `pipeline ${id}`,
  id,
  ...more,
});

let log: RecordedLog;
let kept: string[];
let reader: PipelineReader;

/** Plans nothing; fails for pipelines that ask for it. */
const hydration = (): Hydration =>
  ({
    hydrate: (raw: JsonObject) =>
      raw['unplannable'] ? Promise.reject(new Error('no such template')) : Promise.resolve(raw),
    keepOnly: (ids: Set<string>) => (kept = [...ids]),
  }) as unknown as Hydration;

const pipelineOf = (outcome: ReadOutcome | undefined) => (outcome?.kind === 'read' ? outcome.pipeline : undefined);

beforeEach(() => {
  log = RecordedLog.start();
  kept = [];
  reader = new PipelineReader(hydration(), new PipelineNotes());
});

describe('a load of pipelines', () => {
  it('keeps the order of the source, over many batches', async () => {
    const outcomes = await reader.readAll(Array.from({ length: 250 }, (_, i) => stored(String(i))));

    expect(outcomes.map((outcome) => pipelineOf(outcome)?.id)).toEqual(
      Array.from({ length: 250 }, (_, i) => String(i)),
    );
  });

  it('leaves out only what cannot be read, with the reason', async () => {
    const outcomes = await reader.readAll([
      stored('good'),
      { application: 'app', id: 'nameless' },
      null,
      'garbage',
      stored('flag', { disabled: 'yes' }),
      stored('unplanned', { unplannable: true }),
    ]);

    expect(pipelineOf(outcomes[0])?.id).toBe('good');
    expect(outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [outcome.skipped] : []))).toEqual([
      { application: 'app', name: '', id: 'nameless', reason: 'name: expected a text, got nothing' },
      { application: '', name: '', id: null, reason: 'expected a pipeline, a JSON object' },
      { application: '', name: '', id: null, reason: 'expected a pipeline, a JSON object' },
      {
        application: 'app',
        name: 'pipeline flag',
        id: 'flag',
        reason: "disabled: expected true or false, got 'yes'",
      },
      { application: 'app', name: 'pipeline unplanned', id: 'unplanned', reason: 'no such template' },
    ]);
  });

  it('works with a pipeline without a trigger that cannot be read', async () => {
    const [outcome] = await reader.readAll([stored('p', { triggers: [null, { type: 'docker' }] })]);

    expect(pipelineOf(outcome)?.triggers?.map(({ type }) => type)).toEqual(['docker']);
    expect(log.at('warn')).toEqual([
      'Pipeline app:pipeline p: triggers[0]: expected an object, got null (this trigger is left out)',
    ]);
  });

  it('keeps the plans of the pipelines it saw', async () => {
    await reader.readAll([stored('a'), stored('b')]);

    expect(kept).toEqual(['a', 'b']);
  });
});

describe('a second load', () => {
  it('gives unchanged pipelines as the very same objects', async () => {
    const first = await reader.readAll([stored('a'), stored('b'), stored('c')]);

    const second = await reader.readAll([stored('c'), stored('a'), stored('b', { disabled: true })]);

    expect(pipelineOf(second[0])).toBe(pipelineOf(first[2]));
    expect(pipelineOf(second[1])).toBe(pipelineOf(first[0]));
    expect(pipelineOf(second[2])?.disabled).toBe(true);
  });

  it('tells of a fault once, and again after it has been mended in between', async () => {
    const bad = stored('p', { disabled: 'yes' });

    await reader.readAll([bad]);
    await reader.readAll([bad]);
    expect(log.at('warn')).toHaveLength(1);

    await reader.readAll([stored('p')]);
    await reader.readAll([bad]);
    expect(log.at('warn')).toHaveLength(2);
  });
});
