import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../support/echo.js';
import { FakeAmazon, queueArn, topicArn } from '../../support/fake-amazon.js';
import { type Broker, PubsubScene, SUBSCRIPTION, describeBroker } from '../../support/pubsub-broker.js';

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => vi.unstubAllEnvs());

interface AmazonBroker extends Broker {
  readonly amazon: FakeAmazon;
}

const QUEUE = 'orders-queue';

/** SNS in front of SQS, as most people have it. */
async function broker(more: object = {}, prepare: (amazon: FakeAmazon) => void = () => undefined) {
  const amazon = await FakeAmazon.start();
  prepare(amazon);
  const subscription = {
    name: SUBSCRIPTION,
    topicARN: topicArn('news'),
    queueARN: queueArn(QUEUE),
    waitTimeSeconds: 20,
  };
  const made: AmazonBroker = {
    amazon,
    settings: (templatePath) => ({
      endpoint: amazon.url,
      subscriptions: [{ ...subscription, templatePath, ...more }],
    }),
    send: (payload, attributes) => Promise.resolve(amazon.publish('news', payload, attributes)),
    unsettled: () => Promise.resolve(amazon.bodies(QUEUE).length),
    redeliver: () => Promise.resolve(amazon.expireVisibility(QUEUE)),
    repeat: () => Promise.resolve(amazon.repeat(QUEUE)),
    cut: () => amazon.cut(),
    close: () => amazon.close(),
  };
  return made;
}

describeBroker({ system: 'amazon', start: () => broker() });

describe('An SQS queue', () => {
  let scene: PubsubScene;
  let amazon: FakeAmazon;

  async function start(more: object = {}, prepare?: (amazon: FakeAmazon) => void): Promise<void> {
    const made = await broker(more, prepare);
    amazon = made.amazon;
    scene = await PubsubScene.start({ system: 'amazon', start: () => Promise.resolve(made) });
  }

  afterEach(() => scene.close());

  it('is made, allowed and subscribed where it is missing', async () => {
    await start();
    await amazon.until(() => amazon.called('ReceiveMessage').length > 0);

    const actions = ['GetQueueUrl', 'CreateQueue', 'SetQueueAttributes', 'Subscribe', 'ReceiveMessage'];
    expect(amazon.calls.map(({ action }) => action)).toEqual(actions);
    const { Policy, MessageRetentionPeriod } = amazon.queues.get(QUEUE)?.attributes ?? {};
    expect(MessageRetentionPeriod).toBe('120');
    expect(Policy).toBe(
      '{"Version":"2012-10-17","Id":"allow-sns-send","Statement":[{"Sid":"1","Effect":"Allow","Principal":"*",' +
        `"Action":["sqs:SendMessage"],"Resource":["${queueArn(QUEUE)}"],` +
        `"Condition":{"ArnEquals":{"aws:SourceArn":["${topicArn('news')}"]}}}]}`,
    );
    expect(amazon.called('Subscribe')).toMatchObject([
      { TopicArn: topicArn('news'), Protocol: 'sqs', Endpoint: queueArn(QUEUE) },
    ]);
    expect(amazon.called('ReceiveMessage')[0]).toMatchObject({
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 30,
      WaitTimeSeconds: 20,
      MessageAttributeNames: ['All'],
    });
  });

  it('that somebody else looks after is only looked up, at its owner', async () => {
    await start({ skipQueueBootstrap: true }, (fake) => fake.createQueue(QUEUE));
    amazon.send(QUEUE, '{"n":1}');
    await scene.settled();

    expect(scene.payloads).toEqual([{ n: 1 }]);
    expect(amazon.called('GetQueueUrl')).toEqual([{ QueueName: QUEUE, QueueOwnerAWSAccountId: '123456789012' }]);
    const actions = amazon.calls.map(({ action }) => action);
    expect(actions.filter((action) => ['CreateQueue', 'SetQueueAttributes', 'Subscribe'].includes(action))).toEqual([]);
  });

  it('that is deleted while Echo runs is made again', async () => {
    await start();
    amazon.queues.delete(QUEUE);
    await amazon.cut();
    await amazon.until(() => amazon.called('Subscribe').length === 2);

    amazon.send(QUEUE, '{"n":2}');
    await scene.settled();
    expect(scene.payloads).toEqual([{ n: 2 }]);
  });

  it('takes the plain value of an attribute as the id where the operator says so', async () => {
    await start({ alternateIdInMessageAttributes: 'key', attributeFormat: 'PLAIN' });
    amazon.send(QUEUE, '["x"]', { key: { DataType: 'String', StringValue: 'id-1' } });
    await scene.settled();

    expect(await scene.effects()).toMatchObject([
      { payload: { message: { id: 'id-1', attributes: { key: 'id-1' } } } },
    ]);
  });

  it('counts what it deletes, and what it could not delete', async () => {
    await start();
    const deleted = await scene.metric('echo_pubsub_amazon_totalProcessed_total', { subscriptionName: SUBSCRIPTION });
    const failed = await scene.metric('echo_pubsub_amazon_failedMessages_total');
    amazon.fail('DeleteMessage', 'com.amazonaws.sqs#ReceiptHandleIsInvalid', 1);

    amazon.send(QUEUE, '{"n":3}');
    await until(async () => (await scene.metric('echo_pubsub_amazon_failedMessages_total')) === failed + 1);
    amazon.expireVisibility(QUEUE);
    await scene.settled();

    expect(await scene.metric('echo_pubsub_amazon_totalProcessed_total', { subscriptionName: SUBSCRIPTION })).toBe(
      deleted + 1,
    );
  });
});

describe('Publishers to SNS', () => {
  const event = {
    details: { type: 'orca:pipeline:complete', application: 'app', attributes: { 'not a name': 'x', empty: '' } },
    content: { name: 'n' },
  };
  const attributes = {
    rawType: 'orca:pipeline:complete',
    source: 'orca',
    type: 'pipeline',
    status: 'complete',
    application: 'app',
    name: 'n',
  };
  let amazon: FakeAmazon;
  let echo: RunningEcho;

  async function start(...publishers: object[]): Promise<void> {
    amazon = await FakeAmazon.start();
    const settings = { enabled: true, amazon: { enabled: true, endpoint: amazon.url, publishers } };
    echo = await startEcho({ env: { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub: settings }) } });
  }
  afterEach(async () => {
    await echo.close();
    await amazon.close();
  });

  const effects = async (): Promise<unknown> => (await echo.get('/effects?kind=publish')).json();

  it('send every event, with the attributes that SNS takes, and are listed', async () => {
    await start(
      { name: 'everything', topicARN: topicArn('events') },
      { name: 'some', topicARN: topicArn('events'), content: 'notifications' },
    );
    await echo.post('/', event);
    await echo.idle();

    expect(amazon.published).toEqual([
      { topic: topicArn('events'), data: expect.stringContaining('"content":{"name":"n"}') as string, attributes },
    ]);
    expect(await (await echo.get('/pubsub/publishers')).json()).toEqual([
      { pubsubSystem: 'amazon', publisherName: 'everything', topicName: 'events' },
      { pubsubSystem: 'amazon', publisherName: 'some', topicName: 'events' },
    ]);
  });

  it('for notifications send what pipelines and services ask them to', async () => {
    await start({ name: 'Some', topicARN: topicArn('events'), content: 'NOTIFICATIONS' });
    const notifications = [{ type: 'pubsub', publisherName: 'some', when: ['pipeline.complete'] }];
    await echo.post('/', { ...event, content: { execution: { id: 'x', notifications } } });
    const source = { application: 'app', executionType: 'pipeline' };
    await echo.post('/notifications', {
      notificationType: 'pubsub',
      to: ['SOME'],
      source,
      additionalContext: { a: 1 },
    });
    await echo.idle();

    expect(amazon.published.map(({ data }) => data)).toEqual([expect.stringContaining('"id":"x"'), '{"a":1}']);
  });

  it('try again what failed for now, and give up what always will', async () => {
    await start({ name: 'well', topicARN: topicArn('events') }, { name: 'gone', topicARN: topicArn('gone') });
    amazon.fail('Publish', 'AuthorizationError', 1, 403);
    await echo.post('/', event);
    await until(() => amazon.published.length === 1);
    await echo.idle();

    expect(amazon.published.map(({ topic }) => topic)).toEqual([topicArn('events')]);
    expect(JSON.stringify(await effects())).toContain('Topic does not exist');
  });

  it('take no FIFO topic, which needs an order that events do not have', async () => {
    const publishers = [{ name: 'first', topicARN: topicArn('events.fifo') }];
    const env = { SPRING_APPLICATION_JSON: JSON.stringify({ pubsub: { amazon: { publishers } } }) };
    await start();

    await expect(startEcho({ env })).rejects.toThrow('the ARN of a standard topic, not a FIFO one');
  });
});

describe('The lists of what is configured', () => {
  it('name subscriptions and publishers', async () => {
    const scene = await PubsubScene.start({ system: 'amazon', start: () => broker() });

    expect(await (await scene.echo.get('/pubsub/subscriptions')).json()).toEqual([
      { pubsubSystem: 'amazon', subscriptionName: SUBSCRIPTION },
    ]);
    expect(await (await scene.echo.get('/pubsub/publishers')).json()).toEqual([]);
    await scene.close();
  });
});
