import { type Admin, Kafka, type Producer, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { KafkaServer, kafkaPrograms } from '../../support/kafka-server.js';
import { type Broker, PubsubScene, SUBSCRIPTION, describeBroker } from '../../support/pubsub-broker.js';
import { STARTED_WITHIN_MS, whyMissing } from '../../support/server-process.js';
import { tlsFile } from '../../support/tls-fixtures.js';

const programs = await kafkaPrograms();

describe.skipIf(!programs)(`Kafka${whyMissing('Kafka, or Java and Maven to fetch it,', programs)}`, () => {
  let server: KafkaServer;
  let admin: Admin;
  let producer: Producer;
  let topics = 0;

  beforeAll(async () => {
    if (!programs) return;
    server = await KafkaServer.start(programs);
    const kafka = new Kafka({ brokers: [`127.0.0.1:${server.ports.direct}`], logLevel: logLevel.NOTHING });
    admin = kafka.admin();
    producer = kafka.producer();
    await Promise.all([admin.connect(), producer.connect()]);
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
    await server.close();
  });

  /** How many messages of a topic a group has not committed. */
  async function lag(topic: string, groupId: string): Promise<number> {
    const ends = await admin.fetchTopicOffsets(topic);
    const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const placeIn = (partition: number): number =>
      Number(group?.partitions.find((one) => one.partition === partition)?.offset ?? 0);
    return ends.reduce((sum, { partition, high }) => sum + Number(high) - placeIn(partition), 0);
  }

  /** A topic and a group of their own for each test. */
  async function broker(more: object = {}): Promise<Broker & { readonly topic: string }> {
    const topic = `news-${++topics}`;
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    return {
      topic,
      settings: (templatePath) => ({
        brokers: `127.0.0.1:${server.proxy.port}`,
        subscriptions: [{ name: SUBSCRIPTION, topic, groupId: `g-${topic}`, templatePath, ...more }],
      }),
      send: async (value, headers = {}) => {
        await producer.send({ topic, messages: [{ key: 'k', value, headers: { ...headers } }] });
      },
      unsettled: () => lag(topic, `g-${topic}`),
      redeliver: () => Promise.resolve(),
      repeat: () => admin.setOffsets({ groupId: `g-${topic}`, topic, partitions: [{ partition: 0, offset: '0' }] }),
      cut: () => Promise.resolve(server.proxy.cut()),
      close: () => Promise.resolve(),
    };
  }

  describeBroker({ system: 'kafka', start: () => broker() });

  describe('a topic', () => {
    let scene: PubsubScene;
    afterEach(() => scene.close());

    it('has its messages known by their place, and their keys as attributes', async () => {
      const made = await broker();
      scene = await PubsubScene.start({ system: 'kafka', start: () => Promise.resolve(made) });
      await made.send('["x"]', { colour: 'red' });
      await scene.settled();

      expect(await scene.effects()).toMatchObject([
        { payload: { message: { id: `${made.topic}/0/0`, attributes: { key: 'k', colour: 'red' } } } },
      ]);
    });

    it('loses nothing that comes while Echo is down, even if nothing came before', async () => {
      const made = await broker();
      const start = (): Promise<PubsubScene> =>
        PubsubScene.start({ system: 'kafka', start: () => Promise.resolve(made) });
      await (await start()).close();
      await made.send('{"n":1}');

      scene = await start();
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 1 }]);
    });

    it('begins for a new group with what comes from then on, or with all there is', async () => {
      const late = await broker();
      await late.send('{"n":1}');
      scene = await PubsubScene.start({ system: 'kafka', start: () => Promise.resolve(late) });
      await late.send('{"n":2}');
      await scene.settled();
      expect(scene.payloads).toEqual([{ n: 2 }]);
      await scene.close();

      const all = await broker({ fromBeginning: true });
      await all.send('{"n":3}');
      scene = await PubsubScene.start({ system: 'kafka', start: () => Promise.resolve(all) });
      await until(() => scene.payloads.length === 1);
      expect(scene.payloads).toEqual([{ n: 3 }]);
    });

    it('has many of its messages taken at once, and each once', async () => {
      const made = await broker();
      const numbers = Array.from({ length: 120 }, (_, n) => n);
      scene = await PubsubScene.start({
        system: 'kafka',
        start: () => Promise.resolve(made),
        env: { EVENTS_INBOX_CAPACITY: '1000' },
      });
      await producer.send({ topic: made.topic, messages: numbers.map((n) => ({ value: JSON.stringify({ n }) })) });
      await scene.settled();

      expect(scene.payloads.map((payload) => (payload as { n: number }).n).toSorted((a, b) => a - b)).toEqual(numbers);
    });
  });

  describe('a listener that asks who Echo is', () => {
    const [ca, cert, key] = [tlsFile('ca.pem'), tlsFile('client.pem'), tlsFile('client-key.pem')];
    const sasl = { mechanism: 'plain', user: 'echo', password: 'geheim' };
    let echo: RunningEcho;
    afterEach(() => echo.close());

    async function start(port: 'safe' | 'sasl', more: object): Promise<void> {
      const { topic } = await broker();
      const subscriptions = [{ name: SUBSCRIPTION, topic }];
      const kafka = { enabled: true, brokers: `localhost:${server.ports[port]}`, subscriptions, ...more };
      echo = await startEcho({
        env: { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub: { enabled: true, kafka } }) },
      });
    }
    const shows = (state: RegExp): Promise<void> =>
      until(async () => state.test(await (await echo.get('/health/readiness')).text()));

    it.each([
      ['by TLS', 'safe', { tls: { enabled: true, ca, cert, key } }],
      ['by SASL', 'sasl', { sasl }],
    ] as const)('lets it in when it shows that %s', async (_how, port, more) => {
      await start(port, more);
      await shows(/"kafka\/orders":"receiving"/);
    });

    it.each([
      ['trusts no such broker', 'safe', { tls: { enabled: true, cert, key } }],
      ['has no certificate', 'safe', { tls: { enabled: true, ca } }],
      ['has the wrong password', 'sasl', { sasl: { ...sasl, password: 'falsch' } }],
    ] as const)('keeps it out, and it says why, when it %s', async (_why, port, more) => {
      await start(port, more);
      await shows(/"kafka\/orders":"waiting: .+"/);
    });
  });
});
