import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runEcho } from '../../src/cli/commands/run.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { OrcaStore } from '../support/orca-store.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const EVERY_SECOND = { id: 'tick', type: 'cron', enabled: true, cronExpression: '* * * * * ?' };
const ticking = { application: 'app', name: 'ticking', id: 'ticking-id', triggers: [EVERY_SECOND], updateTs: '1' };
const onlyMain = {
  triggers: [{ type: 'webhook', enabled: true, source: 'changed', payloadConstraints: { branch: 'main' } }],
};

/** The Echo that works, and forwards every event to the one that looks on. */
let working: RunningEcho;
let shadow: RunningEcho;
let orca: OrcaStore;

const CRON = { SCHEDULER_ENABLED: 'true', SCHEDULER_PIPELINECONFIGSPOLLER_ENABLED: 'true' };

beforeEach(async () => {
  orca = new OrcaStore();
  shadow = await startEcho({
    pipelines: [webhookPipeline('same'), webhookPipeline('changed', onlyMain), webhookPipeline('extra'), ticking],
    env: { ...CRON, ORCA_ENABLED: 'false' },
  });
  shadow.spinnaker.orca.answering(orca.answer);
  const forward = { REST_ENABLED: 'true', REST_ENDPOINTS_0_URL: `${shadow.url}/`, REST_ENDPOINTS_0_WRAP: 'false' };
  working = await startEcho({
    pipelines: [webhookPipeline('same'), webhookPipeline('changed'), ticking],
    env: { ...CRON, ...forward },
  });
  working.spinnaker.orca.answering(orca.answer);
});

afterEach(async () => {
  await working.close();
  await shadow.close();
});

const executionsOf = (id: string): number =>
  orca.executions.filter(({ pipelineConfigId }) => pipelineConfigId === id).length;

async function report(): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await runEcho(['shadow-report', '--since', '1h', '--url', shadow.url], {
    env: {},
    cwd: tmpdir(),
    write: (text) => void (out += text),
    complain: (text) => void (out += text),
  });
  return { code, out };
}

describe('an Echo that looks on while another one works', () => {
  it('tells which starts both would have made, which only one, and why', async () => {
    for (const source of ['same', 'changed', 'extra']) {
      await working.post(`/webhooks/webhook/${source}`, { branch: 'fix' });
    }
    await until(
      () => ['same-id', 'changed-id'].every((id) => executionsOf(id) === 1) && executionsOf('ticking-id') > 2,
    );
    // The shadow hears of an event a moment later.
    await until(async () => /extra-id[^]*branch: main|branch: main[^]*extra-id/.test((await report()).out));

    const { code, out } = await report();

    expect(code).toBe(1);
    const lines = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(Number(/^Both: (\d+)\./.exec(out)?.[1])).toBeGreaterThan(2);
    const differences = lines.filter(
      ([, , pipeline = '']) => pipeline.startsWith('app: ') && !pipeline.includes('tick'),
    );
    expect(differences.map(([, only, pipeline, trigger, why]) => [only, pipeline, trigger, why]).sort()).toEqual([
      ['ours', 'app: extra-id', 'webhook', 'orca has no such execution'],
      ['theirs', 'app: changed-id', 'webhook', 'payloadConstraints: expected branch: main, got fix'],
    ]);
    // Nothing was started by the one that looks on.
    expect(shadow.spinnaker.orca.posted('/orchestrate')).toEqual([]);
  });

  it('is told what to write', async () => {
    const answer = await shadow.get('/shadow-report');

    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      400,
      'since: an instant is missing: write 2026-01-31T12:00:00Z or milliseconds.',
    ]);
  });
});
