import { describe, expect, it } from 'vitest';
import type { RecordedExecution } from './recording-orca.js';
import { checkSlots } from './slot-check.js';

const started = (id: string, pipelineId: string, slot: number): RecordedExecution => ({
  id,
  pipelineId,
  slot,
  started: true,
});
const due = { pipelineIds: ['p', 'q'], from: 0, to: 1000, stepMs: 1000 };
const all = [started('1', 'p', 0), started('2', 'q', 0), started('3', 'p', 1000), started('4', 'q', 1000)];

describe('the checker of slots', () => {
  it('finds nothing where every slot was started once', () => {
    expect(checkSlots(all, due)).toEqual({ lost: [], doubled: [] });
  });

  it('finds a slot that was lost, and one whose only execution never started', () => {
    const unstarted = { ...started('3', 'p', 1000), started: false };
    expect(checkSlots([...all.slice(0, 2), unstarted], due).lost).toEqual([
      { pipelineId: 'p', slot: 1000 },
      { pipelineId: 'q', slot: 1000 },
    ]);
  });

  it('finds a slot that was started twice, under one id or under two', () => {
    expect(checkSlots([...all, started('1', 'p', 0)], due).doubled).toEqual(['p@1970-01-01T00:00:00.000Z: 1, 1']);
    expect(checkSlots([...all, started('5', 'p', 0)], due).doubled).toEqual(['p@1970-01-01T00:00:00.000Z: 1, 5']);
  });

  it('takes a failed execution before the start for no double', () => {
    expect(checkSlots([...all, { ...started('0', 'p', 0), started: false }], due).doubled).toEqual([]);
  });
});
