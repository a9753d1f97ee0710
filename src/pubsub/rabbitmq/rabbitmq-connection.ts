import type { ChannelModel } from 'amqplib';
import type { Settings } from '../../platform/settings/index.js';
import { tlsTexts } from '../broker-tls.js';
import { rabbitmqConfig as config } from './rabbitmq.config.js';

const HEARTBEAT_SECONDS = 15;
const CONNECT_WITHIN_MS = 10_000;

/** Connects to the first node that answers; rejects with what the last one said. */
export async function rabbitmqConnection(settings: Settings): Promise<ChannelModel> {
  const { connect } = await import('amqplib');
  const tls = tlsTexts(settings, config.tls);
  let failure: unknown = new Error('pubsub.rabbitmq.hosts is empty');
  for (const host of settings.get(config.hosts)) {
    const { hostname, port } = new URL(`amqp://${host}`);
    const address = {
      protocol: tls ? 'amqps' : 'amqp',
      hostname,
      ...(port && { port: Number(port) }),
      username: settings.get(config.user),
      password: settings.get(config.password),
      vhost: settings.get(config.virtualHost),
      heartbeat: HEARTBEAT_SECONDS,
    };
    try {
      const socket = {
        timeout: CONNECT_WITHIN_MS,
        clientProperties: { connection_name: 'echo' },
        servername: hostname,
      };
      return await connect(address, { ...socket, ...tls });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
