import { describe, expect, it } from 'vitest';
import { readPipeline } from '../model/read-pipeline.js';
import { RemovalGuard } from './removal-guard.js';

const LIMITS = { share: 0.5, count: 10 };
const load = (...ids: number[]) => ({
  pipelines: ids.map((id) => readPipeline({ application: 'a', name: `p${id}`, id: String(id) })),
});
const upTo = (count: number) => load(...Array.from({ length: count }, (_, i) => i));

describe('the removal guard', () => {
  it('accepts the first load, however small', () => {
    expect(new RemovalGuard().judge(undefined, load(), LIMITS).kind).toBe('accept');
  });

  it('accepts few removals, and many that are a small share', () => {
    expect(new RemovalGuard().judge(upTo(12), upTo(2), LIMITS).kind).toBe('accept');
    expect(new RemovalGuard().judge(upTo(100), upTo(60), LIMITS).kind).toBe('accept');
  });

  it('holds a drastic loss until a second load agrees', () => {
    const guard = new RemovalGuard();
    const verdict = guard.judge(upTo(100), upTo(40), LIMITS);
    expect(verdict.kind === 'hold' && verdict.missing.size).toBe(60);
    expect(guard.judge(upTo(100), upTo(40), LIMITS).kind).toBe('accept');
  });

  it('holds an empty answer after a non-empty one, even of a single pipeline', () => {
    const guard = new RemovalGuard();
    expect(guard.judge(upTo(1), load(), LIMITS).kind).toBe('hold');
    expect(guard.judge(upTo(1), load(), LIMITS).kind).toBe('accept');
  });

  it('asks anew when the second load misses others', () => {
    const guard = new RemovalGuard();
    guard.judge(upTo(40), load(...Array.from({ length: 10 }, (_, i) => i)), LIMITS);
    const second = guard.judge(upTo(40), load(...Array.from({ length: 10 }, (_, i) => i + 30)), LIMITS);
    expect(second.kind).toBe('hold');
  });

  it('forgets a loss that turned out to be none', () => {
    const guard = new RemovalGuard();
    guard.judge(upTo(100), upTo(1), LIMITS);
    expect(guard.judge(upTo(100), upTo(100), LIMITS).kind).toBe('accept');
    expect(guard.judge(upTo(100), upTo(1), LIMITS).kind).toBe('hold');
  });
});
