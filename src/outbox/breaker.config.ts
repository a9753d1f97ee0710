import { z } from 'zod';
import { type Settings, member, setting } from '../platform/settings/index.js';
import type { Destination } from './performer.js';

const share = z.coerce.number().min(1).max(100);

const instance = z.looseObject({
  failureRateThreshold: share.default(50),
  slidingWindowSize: member.count.default(100),
  minimumNumberOfCalls: member.count.default(100),
  waitDurationInOpenState: member.millis.default(60_000),
});

/** Names and defaults are the original's (edges.md §6.4); what else its library reads there is passed over. */
export const breakerConfig = {
  instances: setting.shape(
    'resilience4j.circuitbreaker.instances',
    'circuit breakers by name: failureRateThreshold, slidingWindowSize, minimumNumberOfCalls, waitDurationInOpenState',
    z.record(z.string(), instance),
    {
      default: {},
      description:
        'When a destination that fails is left in peace, and for how long; by the event name of a REST endpoint, else ' +
        '`sendEvent`, and `telemetry`. It rests after as many failures in a row as the rate of the fewest calls makes.',
    },
  ),
};

/** The breaker of that name, in the terms of the outbox: so many failures in a row, so long a rest. */
export function breakerOf(settings: Settings, name: string): NonNullable<Destination['breaker']> {
  const found = settings.get(breakerConfig.instances)[name] ?? instance.parse({});
  const calls = Math.min(found.minimumNumberOfCalls, found.slidingWindowSize);
  const failures = Math.max(1, Math.ceil((calls * found.failureRateThreshold) / 100));
  return { failures, restMs: found.waitDurationInOpenState };
}
