import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../test/support/test-settings.js';
import { type Pipeline, readPipeline } from '../pipelines/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { CronTriggers } from './cron-triggers.js';
import { Timetable } from './timetable.js';

const cron = (more: JsonObject = {}): JsonObject => ({
  type: 'cron',
  enabled: true,
  id: 't',
  cronExpression: '0 0 12 * * ?',
  ...more,
});

const pipelineWith = (triggers: JsonObject[], more: JsonObject = {}): Pipeline =>
  readPipeline({ application: 'app', name: 'p', id: 'P', triggers, ...more });

const reader = (settings: Record<string, unknown> = {}): CronTriggers =>
  new CronTriggers(new Timetable(new TestSettings(settings)));

describe('the cron triggers of a pipeline', () => {
  it('are its enabled triggers of type cron, in any case, with what a start needs', () => {
    const pipeline = pipelineWith([
      cron({ type: 'CRON', parameters: { env: 'prod' }, runAsUser: 'svc', rebake: true }),
      cron({ enabled: false }),
      { type: 'webhook', enabled: true, source: 's' },
    ]);

    expect(reader().of(pipeline)).toEqual({
      usable: [
        {
          key: pipeline.triggers?.[0]?.id,
          group: 'pipeline',
          id: pipeline.triggers?.[0]?.id,
          application: 'app',
          pipelineId: 'P',
          cronExpression: '0 0 12 * * ?',
          expression: '0 0 12 * * ?',
          timeZone: 'America/Los_Angeles',
          rebake: true,
          runAsUser: 'svc',
          parameters: { env: 'prod' },
        },
      ],
      unusable: [],
    });
  });

  it('are none while the pipeline is disabled', () => {
    expect(reader().of(pipelineWith([cron()], { disabled: true })).usable).toEqual([]);
  });

  it('have H replaced by a number of their id', () => {
    const { usable } = reader().of(pipelineWith([cron({ cronExpression: 'H H H * * ?' })]));
    const [minute] = usable[0]?.expression.split(' ') ?? [];

    expect(usable[0]).toMatchObject({
      cronExpression: 'H H H * * ?',
      expression: expect.stringMatching(`^${minute} ${minute} \\d+ \\* \\* \\?$`) as string,
    });
  });

  it('have the zone of the configuration unless they have their own', () => {
    const zones = reader({ 'scheduler.cron.timezone': 'UTC' }).of(
      pipelineWith([cron(), cron({ id: 'u', timeZone: 'Europe/Berlin' })]),
    );

    expect(zones.usable.map(({ timeZone }) => timeZone)).toEqual(['UTC', 'Europe/Berlin']);
  });

  it('are one where two are equal, the later one', () => {
    const { usable } = reader().of(pipelineWith([cron(), cron({ rebake: true })]));

    expect(usable).toMatchObject([{ rebake: true }]);
  });

  it('have keys of their own where they differ only in the zone', () => {
    const { usable } = reader().of(pipelineWith([cron({ timeZone: 'UTC' }), cron({ timeZone: 'Asia/Tokyo' })]));

    expect(usable.map(({ key, id }) => key === id)).toEqual([true, false]);
    expect(new Set(usable.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    [{ cronExpression: '0 0 25 * * ?' }, /invalid CRON expression '0 0 25.*Hour values/],
    [{ cronExpression: '* * * * *' }, /Unexpected end of expression/],
    [{ cronExpression: null }, /no cronExpression/],
    [{ timeZone: 'Mars/Base' }, /no time zone 'Mars\/Base'/],
  ])('leave one out that cannot be used, with the reason: %j', (fault, reason) => {
    const { usable, unusable } = reader().of(pipelineWith([cron(fault), cron({ id: 'good' })]));

    expect(usable).toHaveLength(1);
    expect(unusable).toMatchObject([{ reason: expect.stringMatching(reason) as string }]);
  });
});
