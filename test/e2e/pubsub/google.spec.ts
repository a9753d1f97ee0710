import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { FakeGoogle } from '../../support/fake-google.js';
import { type Broker, SUBSCRIPTION, describeBroker } from '../../support/pubsub-broker.js';

const QUEUE = 'orders-sub';

async function broker(): Promise<Broker> {
  const google = await FakeGoogle.start();
  google.createSubscription('proj', QUEUE);
  return {
    settings: (templatePath) => ({
      endpoint: google.endpoint,
      subscriptions: [{ name: SUBSCRIPTION, project: 'proj', subscriptionName: QUEUE, templatePath }],
    }),
    send: (payload, attributes) => Promise.resolve(void google.send(QUEUE, payload, attributes)),
    unsettled: () => Promise.resolve(google.unacknowledged(QUEUE)),
    redeliver: () => Promise.resolve(google.expireDeadlines()),
    repeat: () => Promise.resolve(google.repeat(QUEUE)),
    cut: () => google.restart(),
    close: () => google.close(),
  };
}

describeBroker({ system: 'google', start: broker });

describe('Google Pub/Sub', () => {
  let google: FakeGoogle;
  let echo: RunningEcho | undefined;

  beforeEach(async () => void (google = await FakeGoogle.start()));
  afterEach(async () => {
    await echo?.close();
    echo = undefined;
    await google.close();
  });

  async function start(settings: object, more: object = {}, pipelines: object[] = []): Promise<RunningEcho> {
    const pubsub = { enabled: true, google: { enabled: true, endpoint: google.endpoint, ...settings } };
    const env = { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub, ...more }), IGOR_ENABLED: 'true' };
    return (echo = await startEcho({ pipelines, env }));
  }

  const state = async (running: RunningEcho): Promise<string> => {
    const health = (await (await running.get('/health/readiness')).json()) as {
      parts: { pubsub: { details: Record<string, string> } };
    };
    return JSON.stringify(health.parts.pubsub.details);
  };

  describe('a subscription that does not exist yet', () => {
    it('is shown with the reason, and receives once it exists', async () => {
      const running = await start({ subscriptions: [{ name: 'orders', project: 'proj', subscriptionName: QUEUE }] });
      await until(async () => (await state(running)).includes('waiting: Resource not found'));

      google.createSubscription('proj', QUEUE);
      await until(() => google.receivers(QUEUE) === 1);
      google.send(QUEUE, '{}');

      await until(() => google.unacknowledged(QUEUE) === 0);
      expect(await state(running)).toBe('{"google/orders":"receiving"}');
    });
  });

  describe('publishers', () => {
    const publisher = { name: 'everything', project: 'proj', topicName: 'events', delayMillisecondsThreshold: 20 };
    const event = {
      details: { type: 'orca:pipeline:complete', application: 'app', requestHeaders: { authorization: ['secret'] } },
      content: { name: 'n' },
      eventId: 'E',
    };

    it('send every event with attributes to filter by, and are listed', async () => {
      const running = await start({
        publishers: [publisher, { ...publisher, name: 'some', content: 'NOTIFICATIONS' }],
      });
      await running.post('/', event);
      await running.idle();

      expect(google.published).toEqual([
        {
          topic: 'projects/proj/topics/events',
          data: expect.stringContaining('"requestHeaders":{}},"content":{"name":"n"},"rawContent":null') as string,
          attributes: {
            rawType: 'orca:pipeline:complete',
            source: 'orca',
            type: 'pipeline',
            status: 'complete',
            application: 'app',
            name: 'n',
          },
        },
      ]);
      expect(await (await running.get('/pubsub/publishers')).json()).toEqual([
        { pubsubSystem: 'google', publisherName: 'everything', topicName: 'events' },
        { pubsubSystem: 'google', publisherName: 'some', topicName: 'events' },
      ]);
    });

    it('for notifications send what pipelines and services ask them to', async () => {
      const names = { publishers: [{ ...publisher, name: 'Some', content: 'NOTIFICATIONS' }, publisher] };
      const running = await start({ ...names, processing: { enabled: true } });
      const notifications = [
        { type: 'pubsub', publisherName: 'some', when: ['pipeline.complete'] },
        { type: 'pubsub', publisherName: 'some', when: ['pipeline.failed'] },
        { type: 'pubsub', publisherName: 'everything', when: ['pipeline.complete'] },
      ];
      await running.post('/', { ...event, content: { execution: { id: 'x', notifications } } });
      await running.idle();
      expect(google.published).toHaveLength(2);
      expect(google.published[0]).toEqual(google.published[1]);

      google.published.length = 0;
      const source = { application: 'app', executionType: 'pipeline' };
      const asked = { notificationType: 'pubsub', to: ['SOME'], source, additionalContext: { a: [1] } };
      const answer = await running.post('/notifications', asked);
      await running.idle();
      expect([answer.status, await answer.json()]).toEqual([200, { value: null }]);
      expect(google.published).toEqual([
        {
          topic: 'projects/proj/topics/events',
          data: '{"a":[1]}',
          attributes: { application: 'app', type: 'pipeline' },
        },
      ]);

      expect((await running.post('/notifications', { ...asked, to: [] })).status).toBe(200);
      expect((await running.post('/notifications', { ...asked, source: null })).status).toBe(400);
      await running.idle();
      expect(google.published).toHaveLength(1);
    });

    it('send what comes together together', async () => {
      const running = await start({
        publishers: [{ ...publisher, batchCountThreshold: 3, delayMillisecondsThreshold: 60_000 }],
      });
      await Promise.all([1, 2, 3].map((n) => running.post('/', { ...event, content: { name: String(n) } })));
      await running.idle();

      expect(google.batches).toEqual([3]);
    });

    it('try again what failed for now, and give up what always will', async () => {
      const { Outbox } = await import('../../../src/outbox/index.js');
      google.publishFaults.push(status.PERMISSION_DENIED);
      const running = await start({ publishers: [publisher] });
      await running.post('/', event);
      await running.idle();
      expect(google.published).toHaveLength(1);

      google.publishFaults.push(status.NOT_FOUND);
      await running.post('/', event);
      await running.idle();
      const [latest] = await running.app.get(Outbox, { strict: false }).latest(1);
      expect(latest).toMatchObject({
        kind: 'publish',
        state: 'dead',
        lastError: expect.stringMatching(/publishing fails/),
      });
    });
  });

  describe('an account of Google Cloud Build', () => {
    const gcb = { enabled: true, accounts: [{ name: 'my-account', project: 'proj', subscriptionName: QUEUE }] };
    const trigger = { type: 'pubsub', enabled: true, pubsubSystem: 'google', subscriptionName: 'my-account' };
    const pipelines = [{ id: 'p', name: 'deploy', application: 'app', triggers: [trigger] }];

    it('starts pipelines with the artifacts that igor names, and tells igor of the build', async () => {
      google.createSubscription('proj', QUEUE);
      const running = await start({}, { gcb }, pipelines);
      running.spinnaker.igor.answering(({ url }) =>
        url.startsWith('/gcb/artifacts')
          ? {
              kind: 'answer',
              status: 200,
              type: 'application/json',
              body: '[{"type":"docker/image","reference":"i@1"}]',
            }
          : undefined,
      );
      google.send(QUEUE, '{"id":"b"}', { buildId: 'b', status: 'SUCCESS' });
      await until(() => google.unacknowledged(QUEUE) === 0);
      await running.idle();

      expect(running.spinnaker.orca.posted('/orchestrate')).toMatchObject([
        { receivedArtifacts: [{ type: 'docker/image', reference: 'i@1' }], trigger: { payload: { id: 'b' } } },
      ]);
      expect(running.spinnaker.igor.requests.map(({ method, url, body }) => [method, url, body])).toEqual([
        ['PUT', '/gcb/artifacts/extract/my-account', '{"id":"b"}'],
        ['PUT', '/gcb/builds/my-account/b?status=SUCCESS', '{"id":"b"}'],
      ]);
    });

    it('is needed before igor hears of a build', async () => {
      const running = await start({});
      const messageDescription = {
        subscriptionName: 'my-account',
        messagePayload: '{}',
        messageAttributes: { buildId: 'b', status: 'SUCCESS' },
      };
      await running.post('/', { details: { type: 'googleCloudBuild' }, content: { messageDescription } });
      await running.idle();

      expect(running.spinnaker.igor.requests).toEqual([]);
    });
  });

  it('does not start with a key that is not there', async () => {
    const subscription = { name: 'orders', project: 'proj', subscriptionName: QUEUE, jsonPath: '/nowhere/key.json' };

    await expect(start({ subscriptions: [subscription] })).rejects.toThrow(
      "pubsub.google.subscriptions[0].jsonPath: there is no file '/nowhere/key.json'",
    );
  });
});
