import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
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

it('nor where the instance that had started it died before it could note that', async () => {
  const headers = { 'webhook-id': 'msg_2' };
  const taken = (await (await first.post('/webhooks/webhook/ci', {}, headers)).json()) as { eventId: string };
  await first.idle();
  const starts = first.spinnaker.orca.posted('/orchestrate');
  await forgetDecisionOn(taken.eventId);
  await until(async () => (await rows('SELECT 1 FROM webhook_deliveries')).length > 0);

  const answer: unknown = await (await second.post('/webhooks/webhook/ci', {}, headers)).json();
  await second.idle();

  expect(answer).toEqual({
    eventProcessed: false,
    eventId: taken.eventId,
    duplicate: true,
    executionIds: [starts.at(-1)?.['executionId']],
  });
  expect(first.spinnaker.orca.posted('/orchestrate')).toHaveLength(starts.length);
});

const rows = (sql: string, values: unknown[] = []): Promise<object[]> => database.source.query(sql, values);

/** As a dead instance leaves an event of which it had written down the start, and no more. */
async function forgetDecisionOn(eventId: string): Promise<void> {
  await rows('DELETE FROM webhook_deliveries');
  const undone =
    "INSERT INTO open_events (inbox_id, leased_by, leased_until) SELECT inbox_id, 'gone', 0 FROM events WHERE event_id = $1 RETURNING 1";
  expect(await rows(undone, [eventId])).not.toEqual([]);
}
