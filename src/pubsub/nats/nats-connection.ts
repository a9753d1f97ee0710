import { readFileSync } from 'node:fs';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Settings } from '../../platform/settings/index.js';
import { tlsTexts } from '../broker-tls.js';
import { natsConfig } from './nats.config.js';

/** Connects to one of the servers. That the connection is made again after a loss is the receiver's business. */
export async function natsConnection(settings: Settings): Promise<NatsConnection> {
  const { connect, credsAuthenticator } = await import('@nats-io/transport-node');
  const [user, pass, token] = [natsConfig.user, natsConfig.password, natsConfig.token].map((one) => settings.get(one));
  const credentials = settings.get(natsConfig.credentials);
  const tls = tlsTexts(settings, natsConfig.tls);
  return connect({
    name: 'echo',
    servers: [...settings.get(natsConfig.servers)],
    reconnect: false,
    ...(user !== undefined && { user }),
    ...(pass !== undefined && { pass }),
    ...(token !== undefined && { token }),
    ...(credentials !== undefined && { authenticator: credsAuthenticator(readFileSync(credentials)) }),
    ...(tls && { tls }),
  });
}
