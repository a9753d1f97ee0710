import { type Occasion, occasionOf } from '../../src/notifications/events/occasion.js';
import type { JsonObject } from '../../src/platform/json/index.js';

/** An occasion as orca reports it: `kind` and `status` as in `pipeline:complete`. */
export function occasion(kindAndStatus: string, content: JsonObject, application = 'whatever'): Occasion {
  const found = occasionOf({ details: { type: `orca:${kindAndStatus}`, application }, content, eventId: 'E' });
  if (found) return found;
  throw new Error(`orca:${kindAndStatus} is no occasion`);
}

/** A pipeline that is called foo-pipeline, and what else is said of it. */
export const execution = (more: JsonObject = {}): JsonObject => ({
  execution: { id: '1', name: 'foo-pipeline', ...more },
});
