import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

type Line = Readonly<Record<string, unknown>>;

let written: string;
let echo: RunningEcho;

beforeEach(async () => {
  written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  echo = await startEcho({
    pipelines: [
      webhookPipeline('good', { triggers: [{ type: 'webhook', enabled: true, source: 'good', secret: 's1' }] }),
    ],
    env: { LOGGING_LEVEL_ROOT: 'debug' },
  });
});

afterEach(async () => {
  await echo.close();
  vi.restoreAllMocks();
});

const lines = (): Line[] =>
  written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe('the log', () => {
  it('is one JSON object a line, and leads from a start back to its event and request', async () => {
    const answer = await echo.post('/webhooks/webhook/good', {}, { 'X-SPINNAKER-REQUEST-ID': 'request-1' });
    const { eventId } = (await answer.json()) as { eventId: string };
    await echo.idle();

    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 'info',
        logger: 'Starter',
        message: expect.stringMatching(/^Started app:good \(good-id\)/) as string,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        requestId: 'request-1',
        eventId,
        inboxId: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
      }),
    );
  });

  it('says which request was refused, and why', async () => {
    await echo.post('/', '{', { 'X-SPINNAKER-REQUEST-ID': 'request-2' });

    expect(lines()).toContainEqual(
      expect.objectContaining({
        requestId: 'request-2',
        message: expect.stringMatching(/^POST \/ answered 400: Invalid JSON/) as string,
      }),
    );
  });

  it('shows no secrets', async () => {
    const headers = { Authorization: 'Bearer s2', Cookie: 'session=s3', 'X-Hub-Signature': 'sha1=s4' };
    echo.spinnaker.orca.answering(() => ({ kind: 'answer', status: 400, type: 'text/plain', body: 'no' }));
    await echo.post('/webhooks/webhook/good?token=s5', { n: 1 }, headers);
    await echo.post('/?token=s5', '{', headers);
    await echo.idle();

    expect(written).toContain('Could not start app:good');
    expect(written).not.toMatch(/\bs[1-5]\b/);
  });
});
