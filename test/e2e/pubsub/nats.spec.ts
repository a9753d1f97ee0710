import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, connect, headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { CuttableProxy } from '../../support/cuttable-proxy.js';
import { freePort } from '../../support/free-port.js';
import { type Broker, PubsubScene, SUBSCRIPTION, describeBroker } from '../../support/pubsub-broker.js';
import { ServerProcess, programNamed, whyMissing } from '../../support/server-process.js';
import { tlsFile } from '../../support/tls-fixtures.js';

const program = programNamed('nats-server');
const STREAM = 'NEWS';
const CONSUMER = 'echo-orders';

describe.skipIf(!program)(`NATS JetStream${whyMissing('nats-server', program)}`, () => {
  let server: ServerProcess;
  let port: number;
  let client: NatsConnection;

  async function serve(more: readonly string[] = []): Promise<{ process: ServerProcess; port: number }> {
    const free = await freePort();
    const own = ['--addr', '127.0.0.1', '--port', String(free), '--jetstream', '--store_dir'];
    const process = ServerProcess.start(program ?? '', (folder) => [...own, folder, ...more]);
    await process.listening(free);
    return { process, port: free };
  }

  beforeAll(async () => {
    ({ process: server, port } = await serve());
    client = await connect({ servers: `127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  /** A stream of its own for each test, with Echo's consumer made by Echo. */
  async function broker(more: object = {}): Promise<Broker & { readonly proxy: CuttableProxy }> {
    const manager = await jetstreamManager(client);
    await manager.streams.add({ name: STREAM, subjects: ['news.>'] });
    const proxy = await CuttableProxy.start(port);
    // What a lost connection still had comes again after this time.
    const subscription = { name: SUBSCRIPTION, stream: STREAM, subject: 'news.orders', ackWaitSeconds: 2 };
    return {
      proxy,
      settings: (templatePath) => ({
        servers: [`127.0.0.1:${proxy.port}`],
        subscriptions: [{ ...subscription, templatePath, ...more }],
      }),
      send: async (payload, attributes = {}) => {
        const sent = headers();
        for (const [name, value] of Object.entries(attributes)) sent.set(name, value);
        await jetstream(client).publish('news.orders', payload, { headers: sent });
      },
      unsettled: async () => {
        const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, CONSUMER);
        return num_pending + num_ack_pending;
      },
      redeliver: () => Promise.resolve(),
      repeat: async () => {
        await manager.consumers.delete(STREAM, CONSUMER);
        await manager.consumers.add(STREAM, { durable_name: CONSUMER, ack_policy: AckPolicy.Explicit });
      },
      cut: () => Promise.resolve(proxy.cut()),
      close: async () => {
        await proxy.close();
        await manager.streams.delete(STREAM);
      },
    };
  }

  describeBroker({ system: 'nats', start: () => broker() });

  describe('with TLS and client certificates', () => {
    let safe: { process: ServerProcess; port: number };
    let inside: NatsConnection;
    const [ca, cert, key] = [tlsFile('ca.pem'), tlsFile('client.pem'), tlsFile('client-key.pem')];

    beforeAll(async () => {
      const files = ['--tlscert', tlsFile('server.pem'), '--tlskey', tlsFile('server-key.pem'), '--tlscacert', ca];
      safe = await serve(['--tls', ...files, '--tlsverify']);
      inside = await connect({
        servers: `localhost:${safe.port}`,
        tls: { caFile: ca, certFile: cert, keyFile: key },
      });
      await (await jetstreamManager(inside)).streams.add({ name: STREAM, subjects: ['news.>'] });
    });
    afterAll(async () => {
      await inside.close();
      await safe.process.close();
    });

    const start = (tls: object): Promise<RunningEcho> => {
      const subscriptions = [{ name: SUBSCRIPTION, stream: STREAM }];
      const nats = { enabled: true, servers: `localhost:${safe.port}`, tls: { enabled: true, ...tls }, subscriptions };
      return startEcho({ env: { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub: { enabled: true, nats } }) } });
    };
    const shows = (echo: RunningEcho, state: RegExp): Promise<void> =>
      until(async () => state.test(await (await echo.get('/health/readiness')).text()));

    it('receives when each knows the other', async () => {
      const echo = await start({ ca, cert, key });
      await shows(echo, /"nats\/orders":"receiving"/);
      await echo.close();
    });

    it.each([
      ['does not trust the server', { cert, key }],
      ['shows no certificate', { ca }],
    ])('says why nothing comes when Echo %s', async (_why, tls) => {
      const echo = await start(tls);
      await shows(echo, /"nats\/orders":"waiting: .*(certificate|TLS|tls|closed)/i);
      await echo.close();
    });
  });

  it('receives through a consumer that is there already, and leaves it as it is', async () => {
    const made = await broker({ consumer: 'mine' });
    const manager = await jetstreamManager(client);
    await jetstream(client).publish('news.orders', '{"n":0}');
    await manager.consumers.add(STREAM, { durable_name: 'mine', ack_policy: AckPolicy.Explicit, max_deliver: 7 });
    const scene = await PubsubScene.start({ system: 'nats', start: () => Promise.resolve(made) });

    await until(() => scene.payloads.length === 1);
    expect((await manager.consumers.info(STREAM, 'mine')).config).toMatchObject({ max_deliver: 7 });
    await scene.close();
  });

  it('hears nothing of other subjects of the stream', async () => {
    const scene = await PubsubScene.start({ system: 'nats', start: () => broker() });
    await jetstream(client).publish('news.other', '{"n":1}');
    await scene.broker.send('{"n":2}');
    await scene.settled();

    expect(scene.payloads).toEqual([{ n: 2 }]);
    await scene.close();
  });

  it('makes its consumer again when somebody has deleted it', async () => {
    const scene = await PubsubScene.start({ system: 'nats', start: () => broker() });
    await (await jetstreamManager(client)).consumers.delete(STREAM, CONSUMER);
    await scene.isState('waiting');
    await scene.isState('receiving');

    await scene.broker.send('{"n":3}');
    await scene.settled();
    expect(scene.payloads).toEqual([{ n: 3 }]);
    await scene.close();
  });
});
