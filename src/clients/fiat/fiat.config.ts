import { z } from 'zod';
import { setting } from '../../platform/settings/index.js';

const factor = z.coerce.number().min(1);
const atLeastOne = z.coerce.number().int().min(1);

/** Names and defaults are the original's (edges.md §1.8). */
export const fiatConfig = {
  baseUrl: setting.url('services.fiat.baseUrl', {
    default: 'http://localhost:7003',
    description: 'Where fiat is, which knows who may do what.',
  }),
  enabled: setting.flag('services.fiat.enabled', {
    default: false,
    description: 'Asks fiat whether the user of a trigger may run the pipeline, and runs it as that user.',
  }),
  enabledNow: setting.flag('fiat.enabled', {
    dynamic: true,
    description: 'Goes before services.fiat.enabled.',
  }),
  legacyFallback: setting.flag('services.fiat.legacyFallback', {
    default: false,
    description: 'Allows every application while fiat cannot be reached, and sends the accounts a user may write to.',
  }),
  legacyFallbackNow: setting.flag('fiat.legacyFallback.enabled', {
    dynamic: true,
    description: 'Goes before services.fiat.legacyFallback.',
  }),
  readTimeoutMs: setting.millis('services.fiat.readTimeoutMs', {
    description: 'Milliseconds that one call to fiat may take; else what holds for all calls.',
  }),
  cacheSeconds: setting.count('services.fiat.cache.expiresAfterWriteSeconds', {
    default: 20,
    description: 'Seconds for which what fiat said of a user holds.',
  }),
  cacheEntries: setting.count('services.fiat.cache.maxEntries', {
    default: 1000,
    description: 'Of how many users the permissions are remembered.',
  }),
  initialBackoffMillis: setting.shape(
    'services.fiat.retry.initialBackoffMillis',
    'milliseconds, a whole number ≥ 1',
    atLeastOne,
    { default: 500, description: 'Milliseconds before fiat is asked a second time.' },
  ),
  retryMultiplier: setting.shape('services.fiat.retry.retryMultiplier', 'number ≥ 1', factor, {
    default: 1.5,
    description: 'By how much each further pause is longer than the one before.',
  }),
  maxBackoffMillis: setting.millis('services.fiat.retry.maxBackoffMillis', {
    default: 10_000,
    description: 'When the pauses add up to this many milliseconds, fiat is not asked again.',
  }),
};
