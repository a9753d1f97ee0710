import { type Pipeline, readPipeline } from '../../src/pipelines/index.js';
import { CompensationBench, CompensationWorld } from './compensation-bench.js';
import { ulidTime } from './ulid-time.js';

export const MINUTE = 60_000;
export const NOW = '2024-01-15T10:10:40Z';
/** The instant of a time of that day. */
export const at = (time: string): number => Date.parse(`2024-01-15T${time}Z`);
export const EVERY_FIVE = '0 0/5 * * * ?';

/** A pipeline that is due every five minutes. */
export const pipeline = (more: object = {}, trigger: object = {}): Pipeline =>
  readPipeline({
    application: 'app',
    name: 'p',
    id: 'p',
    triggers: [{ id: 'T', type: 'cron', enabled: true, cronExpression: EVERY_FIVE, ...trigger }],
    ...more,
  });

/** The times of the slots that executions of Echo's were made for. */
export const slotTimes = (executionIds: readonly (string | undefined)[]): string[] =>
  executionIds.map((id = '') => new Date(ulidTime(id)).toISOString().slice(11, 19)).sort();

export interface MissedMorning {
  readonly world: CompensationWorld;
  readonly bench: CompensationBench;
}

/** An instance at 10:10:40 that has known the pipelines since 9:00: the window is from 10:00:10 to 10:10:10. */
export async function missedMorning(
  settings: Record<string, unknown> = {},
  ...pipelines: Pipeline[]
): Promise<MissedMorning> {
  const world = new CompensationWorld('2024-01-15T09:00:00Z', settings);
  const bench = new CompensationBench(world).refresh(...(pipelines.length > 0 ? pipelines : [pipeline()]));
  await world.clock.advanceTo(Date.parse(NOW));
  return { world, bench };
}

/** Puts an execution into orca that the original started, at that time. */
export function startedByTheOriginal({ world, bench }: MissedMorning, time: string, more: object = {}): void {
  world.store.executions.push({
    id: `foreign ${time}`,
    pipelineConfigId: 'p',
    status: 'SUCCEEDED',
    buildTime: at(time),
    startTime: at(time),
    trigger: { id: bench.triggersOf(pipeline())[0]?.id ?? '' },
    ...more,
  });
}
