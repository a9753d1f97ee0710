import { beforeEach, describe, expect, it } from 'vitest';
import { counterOf, shownBy } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import type { FiatClient } from '../../clients/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { type Trigger, readPipeline, readTrigger } from '../../pipelines/index.js';
import { Inquiry } from '../inquiry.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';
import { TriggerPermission } from './trigger-permission.js';

const pipeline = readPipeline({ application: 'app', name: 'p' });

let asked: string[];
let log: RecordedLog;
const denied = counterOf(triggersMetrics.accessDenied);
const errors = counterOf(triggersMetrics.triggerErrors);

/** A fiat that allows one user. */
function permission(enabled = true): TriggerPermission {
  const fiat = {
    enabled,
    canExecute: (user: string, application: string) => {
      asked.push(`${user} ${application}`);
      return Promise.resolve(user === 'user@managed-service-account');
    },
  } as unknown as FiatClient;
  return new TriggerPermission(fiat, denied, errors);
}

const denial = (trigger: Trigger, of = permission(), inquiry = new Inquiry(NOBODY)) =>
  of.denial({ pipeline, trigger }, inquiry);
const runAs = (runAsUser: string | null): Trigger => readTrigger({ type: 'jenkins', runAsUser });

beforeEach(() => {
  log = RecordedLog.start();
  asked = [];
  for (const metric of [denied, errors]) metric.reset();
});

describe('the permission of a trigger', () => {
  it('is not asked for without fiat', async () => {
    expect(await denial(runAs(null), permission(false))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is given to a user who may run the application (core.md §10, test 106)', async () => {
    expect(await denial(runAs('user@managed-service-account'))).toBeUndefined();
    expect(asked).toEqual(['user@managed-service-account app']);
  });

  it.each([
    [null, 'anonymous'],
    ['eve', 'eve'],
    ['', ''],
  ])('is denied to %j, told and counted (test 105)', async (runAsUser, user) => {
    expect(await denial(runAs(runAsUser))).toEqual({
      kind: 'rejected',
      rule: 'permission',
      expected: `${user} may execute pipelines of app`,
      got: 'access denied',
    });

    expect(asked).toEqual([`${user} app`]);
    expect(log.at('log')).toEqual([`${user} may not execute app:p`]);
    expect(await shownBy(denied)).toEqual([{ value: 1, application: 'app', user, pipeline: 'p' }]);
  });

  it('is asked for once per event, however many triggers need it (decisions.md 30)', async () => {
    const [of, inquiry] = [permission(), new Inquiry(NOBODY)];

    await Promise.all([denial(runAs('eve'), of, inquiry), denial(runAs('eve'), of, inquiry)]);
    await denial(runAs('eve'), of);

    expect(asked).toEqual(['eve app', 'eve app']);
    expect(await shownBy(denied)).toMatchObject([{ value: 3 }]);
  });
});

describe('a trigger that fails by its own fault', () => {
  it('is counted by the code of its error', async () => {
    permission().failed(Object.assign(new Error('no'), { code: 'unusable' }));

    expect(await shownBy(errors)).toEqual([{ value: 1, exception: 'unusable' }]);
  });
});
