import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../test/support/test-settings.js';
import { breakerConfig, breakerOf } from './breaker.config.js';

const settingsWith = (instances: object): TestSettings =>
  new TestSettings({ [breakerConfig.instances.key]: breakerConfig.instances.schema.parse(instances) });

describe('a circuit breaker of the configuration', () => {
  it("has the original's defaults where it is not configured", () => {
    expect(breakerOf(settingsWith({}), 'sendEvent')).toEqual({ failures: 50, restMs: 60_000 });
  });

  it('opens after as many failures as the rate of the fewest calls makes', () => {
    const settings = settingsWith({
      strict: { failureRateThreshold: 1, slidingWindowSize: 1, slidingWindowType: 'COUNT_BASED' },
      patient: { minimumNumberOfCalls: 5, waitDurationInOpenState: '12h' },
    });

    expect(breakerOf(settings, 'strict')).toEqual({ failures: 1, restMs: 60_000 });
    expect(breakerOf(settings, 'patient')).toEqual({ failures: 3, restMs: 43_200_000 });
  });
});
