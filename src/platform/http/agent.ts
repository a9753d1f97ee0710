import { Agent, type Dispatcher } from 'undici';
import type { Settings } from '../settings/index.js';
import { httpConfig } from './http.config.js';

/**
 * The pools of connections, one per origin. Undici's own limits on the time of an answer are off: the deadline of the
 * call holds, and covers what they do not (waiting for a connection).
 */
export function agentFor(settings: Settings): Dispatcher {
  const keepAlive = settings.get(httpConfig.keepAliveDurationMs);
  return new Agent({
    connections: settings.get(httpConfig.maxRequestsPerHost),
    connectTimeout: settings.get(httpConfig.connectTimeoutMs),
    keepAliveTimeout: keepAlive,
    keepAliveMaxTimeout: keepAlive,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
