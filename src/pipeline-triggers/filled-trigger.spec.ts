import { describe, expect, it } from 'vitest';
import { readTrigger } from '../pipelines/index.js';
import { filledIn } from './filled-trigger.js';

const configured = readTrigger({ type: 'docker', enabled: true, tag: 'v.*', digest: 'old', account: 'hub' });

describe('a trigger that an event fills in', () => {
  it('has what the event says, lacks what the event takes away, and keeps the rest', () => {
    const filled = filledIn(configured, { tag: 'v1', digest: undefined, hash: undefined, eventId: 'E' });

    expect(filled).toEqual({
      type: 'docker',
      enabled: true,
      tag: 'v1',
      account: 'hub',
      eventId: 'E',
      preferred: false,
      rebake: false,
      dryRun: false,
    });
    expect(Object.keys(filled)).not.toContain('digest');
    expect(Object.keys(filled)).not.toContain('hash');
  });

  it('leaves the configured one as it is', () => {
    filledIn(configured, { tag: 'v1' });

    expect(configured.tag).toBe('v.*');
  });
});
