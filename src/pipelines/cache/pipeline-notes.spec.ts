import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../platform/json/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { PipelineNotes } from './pipeline-notes.js';

const notes = new PipelineNotes();

function noted(member: string, value: JsonValue) {
  const raw = { application: 'a', name: 'p', [member]: value };
  const pipeline = readPipeline(raw);
  notes.note(pipeline, raw);
  return pipeline;
}

describe('when a pipeline was saved', () => {
  it.each(['1697040000000', 1_697_040_000_000])('is what front50 says: %j', (updateTs) => {
    expect(notes.savedAt(noted('updateTs', updateTs))).toBe(1_697_040_000_000);
  });

  it.each([null, '', 'yesterday', {}, []])('is unknown where it says %j', (updateTs) => {
    expect(notes.savedAt(noted('updateTs', updateTs))).toBeUndefined();
  });
});

describe('the labels of a pipeline', () => {
  it('are its tags', () => {
    const tags = [
      { name: 'team', value: 'payments' },
      { name: 'critical', value: '' },
      'plain',
      { value: 'x' },
      3,
      null,
    ];

    expect(notes.labels(noted('tags', tags))).toEqual(['team:payments', 'critical', 'plain']);
  });

  it.each([null, 'team', {}])('are none where there are none: %j', (tags) => {
    expect(notes.labels(noted('tags', tags))).toEqual([]);
  });

  it('change with a save that changes nothing else; the time of the former one stays', () => {
    const raw = { application: 'a', name: 'p', updateTs: 1 };
    const pipeline = readPipeline(raw);
    notes.note(pipeline, raw);
    notes.renew(pipeline, noted('tags', ['new']));

    expect(notes.labels(pipeline)).toEqual(['new']);
    expect(notes.savedAt(pipeline)).toBe(1);
  });
});
