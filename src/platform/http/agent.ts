import { Agent, type Dispatcher } from 'undici';
import type { SettingReader } from '../tls/index.js';
import type { Connections } from './connections.js';
import { httpConfig } from './http.config.js';
import { NoProxy } from './no-proxy.js';
import { ProxiedAgent } from './proxied-agent.js';
import { HttpProxy } from './proxy.js';

/**
 * The pools of connections, one per destination, direct or through proxies. Undici's own limits on the time of an answer
 * are off: the deadline of the call holds, and covers what they do not (waiting for a connection).
 */
export function agentFor(settings: SettingReader, open: Connections['open']): Dispatcher {
  const keepAlive = settings.get(httpConfig.keepAliveDurationMs);
  const agentOver = (connect: Connections['open']): Agent =>
    new Agent({
      connections: settings.get(httpConfig.maxRequestsPerHost),
      connect,
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const proxyAt = (address: string): HttpProxy | undefined =>
    address === '' ? undefined : new HttpProxy(address, open, settings.get(httpConfig.connectTimeoutMs));

  const direct = agentOver(open);
  const [plain, secure] = [proxyAt(settings.get(httpConfig.httpProxy)), proxyAt(settings.get(httpConfig.httpsProxy))];
  if (!plain && !secure) return direct;
  const forward = plain && { agent: agentOver(plain.reach), proxy: plain };
  const tunnel = secure && agentOver(secure.tunnel);
  return new ProxiedAgent({ direct, forward, tunnel }, new NoProxy(settings.get(httpConfig.noProxy)));
}
