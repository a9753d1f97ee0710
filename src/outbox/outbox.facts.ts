import { fact } from '../events/index.js';
import type { Effect } from './effect.js';

export const effectDead = fact<Effect>('effect.dead', {
  description: 'An effect was given up: its last attempt failed, or the failure was final.',
  publisher: 'outbox',
  subscribers: ['failures'],
});
