import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import { readPipeline } from '../model/read-pipeline.js';
import { StartBodies } from './start-bodies.js';
import { startIds } from './start-identity.js';
import { type Identified, StartIds } from './start-ids.js';

const AT = 1_700_000_000_000;
const pipeline = readPipeline({ application: 'app', name: 'p', id: 'P', trigger: { type: 'cron' } });
const start = (spent = 0, key = 'slot'): Identified => ({ key, payload: { pipeline, at: AT, spent } });

/** How often a body was made. */
class CountingIds extends StartIds {
  made = 0;

  override applied(identified: Identified) {
    this.made++;
    return super.applied(identified);
  }
}

const executionOf = (body: string): unknown => (JSON.parse(body) as { executionId?: unknown }).executionId;

describe('the body of a start', () => {
  it('that was made before its instant is only sent then, and not kept', () => {
    const ids = new CountingIds(new TestSettings({}));
    const bodies = new StartBodies(ids);

    bodies.make(start());

    expect(executionOf(bodies.of(start()))).toBe(startIds('slot', AT, 0).executionId);
    expect(ids.made).toBe(1);
    bodies.of(start());
    expect(ids.made).toBe(2);
  });

  it('is another once its ids are spent, and for another start of the same pipeline', () => {
    const bodies = new StartBodies(new StartIds(new TestSettings({})));
    bodies.make(start());
    expect(executionOf(bodies.of(start(1)))).toBe(startIds('slot', AT, 1).executionId);

    bodies.make(start());
    expect(executionOf(bodies.of(start(0, 'other')))).toBe(startIds('other', AT, 0).executionId);
  });
});
