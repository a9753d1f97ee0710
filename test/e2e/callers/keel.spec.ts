import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Notified } from '../../support/notified.js';

const TEMPLATE =
  '[{"type": "docker/image", "name": "{{ image }}", "version": "{{ tag }}", "reference": "{{ image }}:{{ tag }}"}]';

let folder: string;
let notified: Notified;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-keel-'));
  writeFileSync(path.join(folder, 'built.jinja'), TEMPLATE);
  notified = await Notified.start((url) => ({
    SLACK_ENABLED: 'true',
    SLACK_APP_TOKEN: 'xoxb-app',
    SLACK_APP_BASEURL: `${url}/slack`,
    SLACK_TOKEN: 'xoxb',
    SLACK_BASEURL: url,
    WEBHOOKS_ARTIFACTS_ENABLED: 'true',
    WEBHOOKS_ARTIFACTS_SOURCES_0_SOURCE: 'built',
    WEBHOOKS_ARTIFACTS_SOURCES_0_TEMPLATEPATH: path.join(folder, 'built.jinja'),
    ARTIFACTEMITTER_ENABLED: 'true',
    KEEL_ENABLED: 'true',
    KEEL_BASEURL: `${url}/keel`,
  }));
});
afterAll(async () => {
  await notified.close();
  rmSync(folder, { recursive: true });
});

it('keel asks for a message with buttons, as its interactive bot', async () => {
  const answer = await notified.ask({
    notificationType: 'SLACK',
    to: ['#delivery'],
    severity: 'NORMAL',
    source: { application: 'app' },
    additionalContext: { formatter: 'MARKDOWN', subject: 'Approve?', body: '*really*' },
    interactiveActions: {
      callbackServiceId: 'keel',
      callbackMessageId: 'M1',
      actions: [{ type: 'button', name: 'manual-judgment', value: 'OVERRIDE_PASS', label: 'Approve' }],
      color: '#fcba03',
    },
    useInteractiveBot: true,
  });

  expect(answer[0]).toBe(200);
  const [, body] = notified.provider.calls[0] ?? [];
  const text = decodeURIComponent(String(body));
  for (const part of ['keel:M1', 'OVERRIDE_PASS', 'Approve', '#fcba03']) expect(text).toContain(part);
});

it('keel is told of artifacts in its own shape', async () => {
  await notified.echo.post('/webhooks/webhook/built', { image: 'hub/o/r', tag: '1' });
  await notified.echo.idle();

  const call = notified.provider.calls.find(([what]) => what === 'POST /keel/artifacts/events');
  expect(call?.[1]).toMatchObject({
    payload: { artifacts: [{ name: 'hub/o/r', version: '1', reference: 'hub/o/r:1' }] },
  });
});
