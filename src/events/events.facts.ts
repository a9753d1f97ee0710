import { fact } from './fact.js';
import type { ReceivedEvent } from './inbox.js';

/** Public: what every `EventListener` is called with. */
export const echoEvent = fact<ReceivedEvent>('echo.event', {
  description:
    'An event was accepted. Every event listener gets it; the inbox keeps the event until all have finished.',
  publisher: 'events',
  subscribers: ['every EventListener'],
});
