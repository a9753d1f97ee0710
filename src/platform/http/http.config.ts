import { z } from 'zod';
import { setting } from '../settings/index.js';

const atLeastOne = z.coerce.number().int().min(1);

/** Names and defaults are the original's (edges.md §1.8). */
export const httpConfig = {
  connectTimeoutMs: setting.millis('okHttpClient.connectTimeoutMs', {
    default: 5000,
    description: 'Milliseconds to wait for a connection to a service, TLS included.',
  }),
  readTimeoutMs: setting.shape('okHttpClient.readTimeoutMs', 'milliseconds, a whole number ≥ 1', atLeastOne, {
    default: 120_000,
    description: 'Milliseconds that an outgoing call may take in all, up to the last byte of its answer.',
  }),
  maxRequestsPerHost: setting.shape('okHttpClient.maxRequestsPerHost', 'whole number ≥ 1', atLeastOne, {
    default: 100,
    description: 'How many calls to one destination are made at once; further ones wait their turn.',
  }),
  keepAliveDurationMs: setting.shape(
    'okHttpClient.connectionPool.keepAliveDurationMs',
    'milliseconds, a whole number ≥ 1',
    atLeastOne,
    {
      default: 30_000,
      description: 'Milliseconds after which an idle connection is closed; sooner where the service asks for it.',
    },
  ),
  propagateSpinnakerHeaders: setting.flag('okHttpClient.propagateSpinnakerHeaders', {
    default: true,
    description: 'Sends the X-SPINNAKER-* headers of whoever caused a call along to Spinnaker services.',
  }),
};
