import { eventsMetrics } from '../../src/events/events.metrics.js';
import { AgedOut } from '../../src/events/index.js';
import { counterOf } from './metrics.js';

/** Counts in a registry of its own what memory mode forgets. */
export const agedOut = (): AgedOut => new AgedOut(counterOf(eventsMetrics.agedOut));
