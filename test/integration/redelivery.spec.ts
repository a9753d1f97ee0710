import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let database: TestDatabase;
let first: RunningEcho;
let second: RunningEcho;

beforeAll(async () => {
  database = await testDatabase();
  const env = { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url };
  first = await startEcho({ pipelines: [webhookPipeline('ci')], env });
  second = await startEcho({ spinnaker: first.spinnaker, env });
});

afterAll(async () => {
  await second?.close();
  await first?.close();
  await database?.drop();
});

it('a webhook that had started a pipeline starts none when it is delivered to another instance', async () => {
  const headers = { 'webhook-id': 'msg_1' };
  const taken = (await (await first.post('/webhooks/webhook/ci', {}, headers)).json()) as { eventId: string };
  await first.idle();
  const [start] = first.spinnaker.orca.posted('/orchestrate');

  const answer: unknown = await (await second.post('/webhooks/webhook/ci', {}, headers)).json();
  await second.idle();

  expect(answer).toEqual({
    eventProcessed: false,
    eventId: taken.eventId,
    duplicate: true,
    executionIds: [start?.['executionId']],
  });
  expect(first.spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
});
