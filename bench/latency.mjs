import { Agent, request } from 'undici';
import { figure, percentile } from './lib/report.mjs';
import { steadily } from './lib/steadily.mjs';
import { startWorld } from './lib/world.mjs';

const RATE = 500;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;

/** From sending a webhook to its start arriving at orca, at a steady rate. */
export async function latency() {
  const sent = new Map();
  const spans = [];
  const { service, stop } = await startWorld(10_000, (body) => {
    const now = performance.now();
    const key = /"n":(\d+)/.exec(body.toString())?.[1];
    const at = sent.get(key);
    if (at !== undefined) spans.push(now - at);
    sent.delete(key);
  });
  const agent = new Agent({ connections: 64 });
  const post = async (n) => {
    sent.set(String(n), performance.now());
    const answer = await request(`${service.url}/webhooks/webhook/source-${n % 10_000}`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ branch: 'main', n }),
    });
    await answer.body.dump();
  };
  await steadily(RATE, WARM_UP_SECONDS, post);
  spans.length = 0;
  sent.clear();
  await steadily(RATE, SECONDS, post);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await stop();
  await agent.close();
  return [
    figure('webhook to POST at orca, p50 at 500/s', percentile(spans, 0.5), 'ms'),
    figure('webhook to POST at orca, p99 at 500/s', percentile(spans, 0.99), 'ms', 10, 'less'),
    figure('  webhooks without a start', RATE * SECONDS - spans.length, '', 0, 'less'),
  ];
}
