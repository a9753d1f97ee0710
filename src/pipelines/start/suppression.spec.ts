import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { JsonObject } from '../../platform/json/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import type { QuietPeriod } from '../quiet-period/quiet-period.js';
import type { StartSource } from './start-request.js';
import { Suppression } from './suppression.js';

/** A quiet period that holds back triggers of these types. */
const quiet = (...types: string[]): QuietPeriod =>
  ({ suppresses: (type: string) => types.includes(type) }) as unknown as QuietPeriod;

function check(
  settings: Record<string, unknown>,
  source: StartSource = 'EXTERNAL_EVENT',
  pipeline: JsonObject = {},
  quietPeriod = quiet(),
) {
  const suppression = new Suppression(new TestSettings(settings), quietPeriod);
  const read = readPipeline({ application: 'app', name: 'p', trigger: { type: 'cron' }, ...pipeline });
  return suppression.check({ pipeline: read, source });
}

const ALL: StartSource[] = ['EXTERNAL_EVENT', 'CRON_SCHEDULER', 'COMPENSATION_SCHEDULER'];

describe('a start', () => {
  it.each(ALL)('of %s goes out by default', (source) => {
    expect(check({}, source)).toEqual({ kind: 'allowed' });
  });

  it.each(ALL)('of %s is held back with orca off (core.md §10, test 23)', (source) => {
    expect(check({ 'orca.enabled': false }, source)).toEqual({ kind: 'switched-off', by: 'orca.enabled is false' });
  });

  it.each([
    ['scheduler.triggers.enabled', 'CRON_SCHEDULER'],
    ['scheduler.compensationJob.triggers.enabled', 'COMPENSATION_SCHEDULER'],
  ] as const)('is held back with %s off only for %s (test 24)', (key, source) => {
    for (const other of ALL) {
      expect(check({ [key]: false }, other)).toEqual(
        other === source ? { kind: 'switched-off', by: `${key} is false` } : { kind: 'allowed' },
      );
    }
  });

  it('follows its switch at the moment it is asked', () => {
    const settings = new TestSettings();
    const suppression = new Suppression(settings, quiet());
    const request = { pipeline: readPipeline({ application: 'app', name: 'p' }), source: 'EXTERNAL_EVENT' } as const;
    settings.set('orca.enabled', false);

    expect(suppression.check(request).kind).toBe('switched-off');
  });
});

describe('the quiet period', () => {
  const respecting = { respectQuietPeriod: true };

  it('holds back a pipeline that respects it, for the listed types', () => {
    expect(check({}, 'EXTERNAL_EVENT', respecting, quiet('cron'))).toEqual({
      kind: 'quiet-period',
      by: 'quiet period for triggers of type cron',
    });
  });

  it.each([
    ['that does not respect it', {}],
    ['whose trigger is of another type', { ...respecting, trigger: { type: 'git' } }],
    ['whose trigger has no type', { ...respecting, trigger: {} }],
    ['without a trigger', { ...respecting, trigger: null }],
  ])('does not hold back a pipeline %s', (_which, pipeline) => {
    expect(check({}, 'EXTERNAL_EVENT', pipeline, quiet('cron'))).toEqual({ kind: 'allowed' });
  });
});
