import 'reflect-metadata';
import { ConstraintMatcher } from '../dist/artifacts/index.js';
import { WebhookHandler } from '../dist/pipeline-triggers/handlers/webhook/webhook.handler.js';
import { TriggerIndex } from '../dist/pipeline-triggers/index/trigger-index.js';
import { Inquiry } from '../dist/pipeline-triggers/inquiry.js';
import { TriggerMonitor } from '../dist/pipeline-triggers/match/trigger-monitor.js';
import { readPipeline } from '../dist/pipelines/index.js';
import { PatternCompiler } from '../dist/platform/regex/index.js';
import { figure } from './lib/report.mjs';
import { webhookPipelines } from './lib/world.mjs';

const ROUNDS = 50_000;

function monitorOver(triggers) {
  const patterns = new PatternCompiler({ limitMs: 50 });
  const handler = new WebhookHandler();
  const pipelines = webhookPipelines(triggers).map((raw) => readPipeline(raw));
  const index = { current: new TriggerIndex(pipelines, [handler]) };
  const permission = { denial: async () => undefined, failed: () => undefined };
  const invalid = { tell: () => undefined };
  const repeats = { rejection: async () => undefined };
  const tools = { patterns, constraints: new ConstraintMatcher(patterns) };
  return new TriggerMonitor('webhook', handler, { index, permission, invalid, repeats, tools });
}

const received = (source) => ({
  event: {
    details: { type: 'webhook', source, requestHeaders: {} },
    content: { branch: 'main' },
    payload: { branch: 'main' },
    eventId: 'E',
  },
});

async function microsPerEvent(monitor, eventOf) {
  const inquiry = new Inquiry({ headers: {} });
  for (let i = 0; i < ROUNDS / 10; i++) await monitor.match(eventOf(i), inquiry);
  const began = performance.now();
  for (let i = 0; i < ROUNDS; i++) await monitor.match(eventOf(i), inquiry);
  return ((performance.now() - began) / ROUNDS) * 1000;
}

/** What one event costs against so many triggers, without I/O: the figures must not grow with the count. */
export async function matching() {
  const figures = [];
  for (const triggers of [1_000, 10_000, 100_000]) {
    const monitor = monitorOver(triggers);
    const hit = await microsPerEvent(monitor, (i) => received(`source-${i % triggers}`));
    const miss = await microsPerEvent(monitor, (i) => received(`nobody-${i}`));
    const count = triggers.toLocaleString('en');
    figures.push(figure(`match cost, ${count} triggers, one matches`, hit, 'µs/event'));
    figures.push(figure(`match cost, ${count} triggers, none matches`, miss, 'µs/event'));
  }
  return figures;
}
