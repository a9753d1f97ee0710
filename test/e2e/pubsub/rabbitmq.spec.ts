import { type ChannelModel, type ConfirmChannel, type Options, connect } from 'amqplib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CuttableProxy } from '../../support/cuttable-proxy.js';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { type Broker, PubsubScene, SUBSCRIPTION, describeBroker } from '../../support/pubsub-broker.js';
import { RabbitmqServer, rabbitmqPrograms } from '../../support/rabbitmq-server.js';
import { STARTED_WITHIN_MS, whyMissing } from '../../support/server-process.js';
import { tlsFile } from '../../support/tls-fixtures.js';

const programs = rabbitmqPrograms();
const QUEUE = 'orders-queue';
const EXCHANGE = 'news';

describe.skipIf(!programs)(`RabbitMQ${whyMissing('rabbitmq-server', programs)}`, () => {
  let server: RabbitmqServer;
  let client: ChannelModel;
  let channel: ConfirmChannel;

  beforeAll(async () => {
    if (!programs) return;
    server = await RabbitmqServer.start(programs);
    client = await connect(`amqp://127.0.0.1:${server.port}`);
    channel = await client.createConfirmChannel();
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  /** A queue of its own for each test, bound to an exchange by Echo. */
  async function broker(more: object = {}): Promise<Broker> {
    await channel.assertExchange(EXCHANGE, 'topic');
    const proxy = await CuttableProxy.start(server.port);
    const subscription = { name: SUBSCRIPTION, queue: QUEUE, exchange: EXCHANGE, routingKeys: ['orders.*'] };
    let sent = 0;
    let last: [payload: string, options: Options.Publish] = ['', {}];
    const publish = async (payload: string, options: Options.Publish): Promise<void> => {
      channel.publish(EXCHANGE, 'orders.new', Buffer.from(payload), options);
      await channel.waitForConfirms();
    };
    return {
      settings: (templatePath) => ({
        hosts: [`127.0.0.1:${proxy.port}`],
        subscriptions: [{ ...subscription, templatePath, ...more }],
      }),
      send: (payload, attributes = {}) => {
        last = [payload, { headers: { ...attributes }, messageId: `m${++sent}` }];
        return publish(...last);
      },
      repeat: () => publish(...last),
      unsettled: () => server.messages(QUEUE),
      redeliver: () => Promise.resolve(),
      cut: () => Promise.resolve(proxy.cut()),
      close: async () => {
        await proxy.close();
        await channel.deleteQueue(QUEUE);
        await channel.deleteExchange(EXCHANGE);
      },
    };
  }

  describeBroker({ system: 'rabbitmq', start: () => broker() });

  it('receives from a queue that somebody else looks after, and waits until it is there', async () => {
    const made = await broker({ exchange: '', queue: 'theirs' });
    const started = PubsubScene.start({ system: 'rabbitmq', start: () => Promise.resolve(made) });
    await channel.assertQueue('theirs', { durable: false });
    const scene = await started;

    channel.sendToQueue('theirs', Buffer.from('{"n":1}'));
    await until(() => scene.payloads.length === 1);
    await until(async () => (await server.messages('theirs')) === 0);
    await scene.close();
    await channel.deleteQueue('theirs');
  });

  it('makes its queue again when somebody has deleted it', async () => {
    const scene = await PubsubScene.start({ system: 'rabbitmq', start: () => broker() });
    await channel.deleteQueue(QUEUE);
    await scene.isState('waiting');
    await scene.isState('receiving');

    await scene.broker.send('{"n":2}');
    await scene.settled();
    expect(scene.payloads).toEqual([{ n: 2 }]);
    await scene.close();
  });

  it('knows the routing key as an attribute', async () => {
    const scene = await PubsubScene.start({ system: 'rabbitmq', start: () => broker() });
    await scene.broker.send('["x"]');
    await scene.settled();

    expect(await scene.effects()).toMatchObject([
      { payload: { message: { id: 'm1', attributes: { routingKey: 'orders.new' } } } },
    ]);
    await scene.close();
  });

  describe('with TLS and client certificates', () => {
    const [ca, cert, key] = [tlsFile('ca.pem'), tlsFile('client.pem'), tlsFile('client-key.pem')];

    beforeEach(async () => void (await channel.assertQueue(QUEUE)));
    afterEach(async () => void (await channel.deleteQueue(QUEUE)));

    const start = (tls: object): Promise<RunningEcho> => {
      const subscriptions = [{ name: SUBSCRIPTION, queue: QUEUE }];
      const rabbitmq = {
        enabled: true,
        hosts: `localhost:${server.tlsPort}`,
        tls: { enabled: true, ...tls },
        subscriptions,
      };
      return startEcho({ env: { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub: { enabled: true, rabbitmq } }) } });
    };
    const shows = (echo: RunningEcho, state: RegExp): Promise<void> =>
      until(async () => state.test(await (await echo.get('/health/readiness')).text()));

    it('receives when each knows the other', async () => {
      const echo = await start({ ca, cert, key });
      await shows(echo, /"rabbitmq\/orders":"receiving"/);
      await echo.close();
    });

    it.each([
      ['does not trust the server', { cert, key }],
      ['shows no certificate', { ca }],
    ])('says why nothing comes when Echo %s', async (_why, tls) => {
      const echo = await start(tls);
      await shows(echo, /"rabbitmq\/orders":"waiting: .+"/);
      await echo.close();
    });
  });
});
