import { describe, expect, it } from 'vitest';
import { readPipeline } from '../model/read-pipeline.js';
import { SaveTimes } from './save-times.js';

function savedAt(updateTs: string | number | null | object): number | undefined {
  const raw = { application: 'a', name: 'p', updateTs: updateTs as string };
  const times = new SaveTimes();
  const pipeline = readPipeline(raw);
  times.note(pipeline, raw);
  return times.of(pipeline);
}

describe('when a pipeline was saved', () => {
  it.each(['1697040000000', 1_697_040_000_000])('is what front50 says: %j', (updateTs) => {
    expect(savedAt(updateTs)).toBe(1_697_040_000_000);
  });

  it.each([null, '', 'yesterday', {}, []])('is unknown where it says %j', (updateTs) => {
    expect(savedAt(updateTs)).toBeUndefined();
  });
});
