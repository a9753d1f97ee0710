import { describe, expect, it } from 'vitest';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { MemoryModeWarning } from './memory-mode-warning.js';

const ON = { 'scheduler.pipelineConfigsPoller.enabled': true };

function warned(settings: Record<string, unknown>): string[] {
  const log = RecordedLog.start();
  new MemoryModeWarning(new TestSettings(settings)).onApplicationBootstrap();
  return log.at('warn');
}

describe('memory mode', () => {
  it('is said at boot to be for one instance', () => {
    expect(warned(ON)).toEqual([expect.stringContaining('only one instance with the scheduler may run')]);
  });

  it.each([{ ...ON, 'sql.enabled': true }, {}])('is no matter with %j', (settings) => {
    expect(warned(settings)).toEqual([]);
  });
});
