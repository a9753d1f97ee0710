import { expect } from 'vitest';
import type { FakeSpinnaker } from './fake-spinnaker.js';
import { ulidTime } from './ulid-time.js';
import { until } from './until.js';

/** Pipelines that are due together every few seconds, and what an orca has started of them. */
export class SlotsStarted {
  readonly pipelines: readonly object[];

  constructor(
    private readonly count: number,
    private readonly stepSeconds: number,
  ) {
    this.pipelines = Array.from({ length: count }, (_, i) => ({
      application: 'app',
      name: `p${i}`,
      id: `p${i}`,
      triggers: [{ type: 'cron', enabled: true, cronExpression: `0/${stepSeconds} * * * * ?` }],
    }));
  }

  /** Resolves when the starts of so many more slots of all pipelines have come, long before the next. */
  async more(slots: number, { orca }: FakeSpinnaker): Promise<void> {
    const starts = (): number => orca.posted('/orchestrate').length;
    const enough = Math.ceil(starts() / this.count + slots) * this.count;
    await until(() => starts() >= enough);
  }

  /** Every pipeline was started in each slot from its first start to its last, and once. */
  expectEachOnce({ orca }: FakeSpinnaker): void {
    const seconds = new Map<string, number[]>();
    for (const { name, executionId } of orca.posted('/orchestrate')) {
      const known = seconds.get(String(name)) ?? [];
      seconds.set(String(name), [...known, ulidTime(String(executionId)) / 1000]);
    }
    expect(seconds.size).toBe(this.count);
    for (const slots of seconds.values()) {
      const sorted = slots.sort((a, b) => a - b);
      expect(sorted).toEqual(sorted.map((_, i) => (sorted[0] ?? 0) + i * this.stepSeconds));
    }
  }
}
