import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEcho } from '../../support/echo.js';
import { until } from '../../support/until.js';
import { HttpPeer, json } from '../../support/http-peer.js';
import { Notified } from '../../support/notified.js';
import { webhookPipeline } from '../../support/webhook-pipeline.js';

let notified: Notified;
beforeAll(async () => {
  notified = await Notified.start((url) => ({
    // Only an event can tell of a change in time.
    FRONT50_POLLINGINTERVALMS: '3600000',
    SLACK_ENABLED: 'true',
    SLACK_TOKEN: 'xoxb',
    SLACK_BASEURL: url,
    JIRA_ENABLED: 'true',
    JIRA_BASEURL: `${url}/jira`,
    PAGERDUTY_ENABLED: 'true',
    PAGERDUTY_TOKEN: 't',
    PAGERDUTY_ENDPOINT: `${url}/pagerduty`,
  }));
});
afterAll(() => notified.close());
beforeEach(() => void notified.provider.asked.splice(0));

const event = (type: string, content: object): object => ({
  details: { source: 'orca', type, application: 'app' },
  content,
});
const STAGE = {
  standalone: false,
  canceled: false,
  startTime: 1,
  endTime: null,
  executionId: 'X',
  stageId: 'S',
  isSynthetic: false,
  name: 'bake',
  taskName: null,
};

describe('orca', () => {
  it('may send all its kinds of events, with nulls and members that nobody knows', async () => {
    const kinds = ['pipeline', 'orchestration'].flatMap((kind) =>
      ['starting', 'complete', 'failed'].map((state) => `orca:${kind}:${state}`),
    );
    const execution = { id: 'X', name: 'p', status: 'RUNNING', stages: [], somethingNew: { a: [null] } };
    for (const type of kinds) {
      const answer = await notified.echo.post('/', event(type, { execution, executionId: 'X' }));
      expect([type, answer.status]).toEqual([type, 200]);
    }
    for (const state of ['starting', 'complete', 'failed', 'skipped']) {
      const answer = await notified.echo.post('/', event(`orca:stage:${state}`, { ...STAGE, context: {}, execution }));
      expect([state, answer.status]).toEqual([state, 200]);
    }
    // `echo.events.includeFullExecution: false` leaves the execution out.
    const task = event('orca:task:complete', { ...STAGE, context: {}, taskName: 'bake.createBake' });
    expect((await notified.echo.post('/', task)).status).toBe(200);
  });

  it('is answered before anybody is notified', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    const slow = await HttpPeer.start(async () => {
      asked++;
      await held;
      return json({});
    });
    const echo = await startEcho({ env: { SLACK_ENABLED: 'true', SLACK_TOKEN: 'xoxb', SLACK_BASEURL: slow.url } });
    const notifications = [{ type: 'slack', address: '#a', when: ['pipeline.failed'] }];
    const execution = { id: 'Y', name: 'p', notifications };

    expect((await echo.post('/', event('orca:pipeline:failed', { execution }))).status).toBe(200);

    await until(() => asked > 0);
    answer();
    await echo.idle();
    await echo.close();
    await slow.close();
  });

  it.each(['orca:stage:complete', 'orca:task:complete'])('tells by %s that a pipeline was saved', async (type) => {
    const source = `saved-${type.split(':')[1]}`;
    notified.echo.spinnaker.pipelines.push(webhookPipeline(source));
    const context = { 'notification.type': 'savepipeline', 'pipeline.id': `${source}-id` };

    await notified.echo.post('/', event(type, { ...STAGE, context }));
    await notified.echo.idle();
    await notified.echo.post(`/webhooks/webhook/${source}`, {});
    await notified.echo.idle();

    expect(notified.echo.spinnaker.orca.posted('/orchestrate').map(({ name }) => name)).toContain(source);
  });

  it('asks for a judgment in the upper case of its types, with members left out', async () => {
    const [status] = await notified.ask({
      notificationType: 'SLACK',
      to: ['#ask'],
      templateGroup: 'manualJudgment',
      severity: 'HIGH',
      source: { executionType: 'pipeline', executionId: 'X', application: 'app' },
      additionalContext: {
        stageName: 'Judge',
        stageId: '2',
        restrictExecutionDuringTimeWindow: false,
        execution: { id: 'X', name: 'Deploy', application: 'app' },
        instructions: 'look twice',
        message: null,
        judgmentInputs: [{ value: 'go' }],
        judgmentInput: null,
        judgedBy: null,
      },
    });

    expect(status).toBe(200);
    expect(notified.provider.asked[0]?.body).toContain('look%20twice');
  });

  it('pages people with several keys', async () => {
    notified.provider.answer('/pagerduty/generic/2010-04-15/create_event.json', json({ status: 'success' }));

    const [status] = await notified.ask({
      notificationType: 'PAGER_DUTY',
      to: ['K1', 'K2'],
      source: { user: 'joe' },
      additionalContext: { message: 'help', details: { from: 'joe' } },
    });

    expect(status).toBe(200);
    expect(notified.provider.calls.map(([, body]) => (body as { service_key?: string }).service_key).sort()).toEqual([
      'K1',
      'K2',
    ]);
  });

  it('reads id, key and address of the Jira issue that it asked for', async () => {
    const issue = { id: '10000', key: 'ECHO-1', self: 'http://jira/rest/api/2/issue/10000' };
    notified.provider.answer('/jira/rest/api/2/issue/', json(issue, 201));

    const answered = await notified.ask({
      notificationType: 'JIRA',
      to: ['joe'],
      source: { user: 'joe' },
      additionalContext: {
        issueContext: {
          fields: {
            project: { key: 'ECHO' },
            issuetype: { name: 'Task' },
            summary: 'do it',
            reporter: { name: 'joe' },
          },
          update: { issuelinks: [{ add: { type: { name: 'blocks' }, inwardIssue: { key: 'ECHO-0' } } }] },
        },
      },
    });

    expect(answered).toMatchObject([200, { value: issue }]);
  });
});
