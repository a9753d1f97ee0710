import type { Kafka, SASLOptions } from 'kafkajs';
import type { Settings } from '../../platform/settings/index.js';
import { tlsTexts } from '../broker-tls.js';
import { kafkaConfig as config } from './kafka.config.js';

const RETRIES = 3;

/** A client of the cluster; it connects to nothing yet. */
export async function kafkaClient(settings: Settings): Promise<Kafka> {
  const { Kafka, logLevel } = await import('kafkajs');
  const tls = tlsTexts(settings, config.tls);
  const sasl = saslOf(settings);
  return new Kafka({
    clientId: 'echo',
    brokers: [...settings.get(config.brokers)],
    // After that it is the receiver's turn, which shows that it waits.
    retry: { retries: RETRIES },
    // What goes wrong is thrown, and said once by the receiver.
    logLevel: logLevel.NOTHING,
    ...(tls && { ssl: tls }),
    ...(sasl && { sasl }),
  });
}

function saslOf(settings: Settings): SASLOptions | undefined {
  const mechanism = settings.get(config.saslMechanism);
  const credentials = { username: settings.get(config.user), password: settings.get(config.password) };
  return mechanism === 'none' ? undefined : { mechanism, ...credentials };
}
