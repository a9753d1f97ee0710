import { fact } from '../events/index.js';
import type { RouterFailure } from './failure.js';

export const routerFailed = fact<RouterFailure>('router.failed', {
  description: 'Echo failed: a start or another effect was given up, a trigger is invalid, a slot was missed.',
  publisher: 'failures',
  subscribers: ['notifications (notifications.failures, trigger.failed)', 'rest-forwarder (routerEvents)'],
});
