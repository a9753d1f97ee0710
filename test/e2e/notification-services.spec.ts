import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json } from '../support/http-peer.js';
import { Notified, LINK } from '../support/notified.js';

let notified: Notified;

async function start(settings: (providerUrl: string) => Record<string, string>): Promise<void> {
  notified = await Notified.start(settings);
}

afterEach(() => notified.close());

const message = async (body: object): Promise<unknown> =>
  ((await notified.ask(body))[1] as { message: string }).message;

describe('PagerDuty', () => {
  const page = (to: string[]) => ({ notificationType: 'PAGER_DUTY', to, source: { user: 'u' }, additionalContext: {} });
  const taken = json({ status: 'success' });

  beforeEach(() => start((url) => ({ PAGERDUTY_ENABLED: 'true', PAGERDUTY_ENDPOINT: url, PAGERDUTY_TOKEN: 't' })));

  it.each([
    [
      [taken, json({ status: 'invalid', message: 'no' })],
      'Some notifications succeeded, but the following failed:  k2: no.',
    ],
    [[json({})], 'There were problems with PagerDuty:  k1: null, k2: null.'],
    [
      [json({ message: 'bad' }, 400)],
      'There were issues with the request sent to PagerDuty:  k1: Status: 400, Method: POST, URL: U, Message: bad, k2: Status: 400, Method: POST, URL: U, Message: bad.',
    ],
    [
      [json({ message: 'bad' }, 400), json({})],
      'There were problems with PagerDuty:  k2: null. k1: Status: 400, Method: POST, URL: U, Message: bad.',
    ],
  ])('answers 400 with every key that failed: %#', async (replies, expected) => {
    notified.provider.answer('/generic', ...replies);

    const text = String(await message(page(['k1', 'k2'])));

    expect(text.replaceAll(`${notified.provider.url}/generic/2010-04-15/create_event.json`, 'U')).toBe(expected);
    expect(notified.provider.asked).toHaveLength(2);
  });

  it('needs to know who pages', async () => {
    expect(await notified.ask({ ...page(['k']), source: null })).toMatchObject([
      400,
      { message: 'source is missing: say who pages.' },
    ]);
  });
});

describe('Jira', () => {
  const create = { notificationType: 'jira', additionalContext: { issueContext: { fields: { summary: 's' } } } };

  beforeEach(() =>
    start((url) => ({ JIRA_ENABLED: 'true', JIRA_BASEURL: `${url}/jira`, JIRA_USERNAME: 'ju', JIRA_PASSWORD: 'jp' })),
  );

  it('is shown credentials as soon as it refuses a call without, and from then on', async () => {
    notified.provider.answer(
      '/jira/rest/api/2/issue/',
      json({}, 401),
      json({ id: '1', key: 'E-1', self: 's', more: 1 }, 201),
    );

    const answers = [await notified.ask(create), await notified.ask(create)];

    expect(answers).toEqual([
      [200, { value: { id: '1', key: 'E-1', self: 's' } }],
      [200, { value: { id: '1', key: 'E-1', self: 's' } }],
    ]);
    expect(notified.provider.asked.map(({ headers }) => headers['authorization'])).toEqual([
      undefined,
      'Basic anU6anA=',
      'Basic anU6anA=',
    ]);
  });

  it('is asked three times, and its words are told', async () => {
    notified.provider.answer('/jira', json({ errorMessages: ['down'] }, 503));

    expect(await message(create)).toBe(
      'Failed to create Jira Issue issueRequestBody={fields={summary=s}}: {errorMessages=[down]}',
    );
    expect(notified.provider.asked).toHaveLength(3);
  });

  it('moves an issue on, and comments', async () => {
    notified.provider.answer(
      '/jira/rest/api/2/issue/E-1/transitions',
      json({ expand: 'x', transitions: [{ id: '4', name: 'Done', to: {} }] }),
    );

    const answer = await notified.ask({
      notificationType: 'JIRA',
      additionalContext: {
        jiraIssue: 'E-1',
        comment: 'testing',
        transitionContext: { transition: { name: 'Done' }, fields: { resolution: 'fixed' } },
      },
    });

    expect(answer).toEqual([200, { value: null }]);
    expect(notified.provider.calls).toEqual([
      ['GET /jira/rest/api/2/issue/E-1/transitions', ''],
      [
        'POST /jira/rest/api/2/issue/E-1/transitions',
        { transition: { name: 'Done', id: '4' }, fields: { resolution: 'fixed' } },
      ],
      ['POST /jira/rest/api/2/issue/E-1/comment', { body: 'testing' }],
    ]);
  });

  it.each([{}, { transitionContext: {} }])('answers 400 when it is not told enough: %j', async (additionalContext) => {
    expect((await notified.ask({ notificationType: 'JIRA', additionalContext }))[0]).toBe(400);
  });
});

describe("GitHub's commit status", () => {
  const git = { trigger: { type: 'git', source: 'github', project: 'o', slug: 'r', hash: 'abc' } };

  beforeEach(() =>
    start((url) => ({ GITHUBSTATUS_ENABLED: 'true', GITHUBSTATUS_TOKEN: 't', GITHUBSTATUS_ENDPOINT: url })),
  );

  it('is set again after a failure that passes', async () => {
    notified.provider.answer('/repos/o/r/commits', json({}, 500));
    notified.provider.answer('/repos/o/r/statuses', json({}, 502), json({}, 201));

    await notified.report('orca:pipeline:starting', { type: 'githubStatus' }, git);

    const posted = notified.provider.calls.filter(([call]) => call.startsWith('POST'));
    expect(posted).toHaveLength(2);
    expect(posted[1]).toEqual([
      'POST /repos/o/r/statuses/abc',
      {
        state: 'pending',
        target_url: `${LINK}?pipeline=Deploy`,
        description: "Pipeline 'Deploy' is starting",
        context: 'pipeline/Deploy',
      },
    ]);
  });

  it.each([
    [403, 2],
    [422, 2],
    [400, 1],
    [404, 1],
  ])('that was refused with %i is tried %i times', async (refused, times) => {
    notified.provider.answer('/repos/o/r/commits', json({ commit: { message: 'fix' } }));
    notified.provider.answer('/repos/o/r/statuses', json({}, refused), json({}, 201));

    await notified.report('orca:pipeline:starting', { type: 'githubStatus' }, git);

    expect(notified.provider.calls.filter(([call]) => call.startsWith('POST'))).toHaveLength(times);
  });

  it.each([
    ['an orchestration', 'orca:orchestration:complete', git],
    ['a commit that is not known', 'orca:pipeline:complete', { trigger: { type: 'manual' } }],
    ['a stage that the execution does not list', 'orca:stage:complete', { ...git, stages: [{ name: 'other' }] }],
  ])('is not set for %s', async (_what, type, execution) => {
    await notified.report(type, { type: 'githubStatus' }, execution);

    expect(notified.provider.asked).toEqual([]);
  });

  it('is not set for what GitHub does not call a commit', async () => {
    await notified.report('orca:pipeline:complete', { type: 'githubStatus' }, git);

    expect(notified.provider.calls.map(([call]) => call)).toEqual(['GET /repos/o/r/commits/abc']);
  });
});

describe('CDEvents', () => {
  const shop = { details: { application: 'shop' } };
  const finished = () => ({
    type: 'cdevents',
    address: `${notified.provider.url}/ns/broker?x=y`,
    cdEventsType: 'dev.cdevents.taskrun.finished',
  });

  beforeEach(() => start(() => ({ CDEVENTS_ENABLED: 'true' })));

  it('go out structured as CloudEvents 1.0', async () => {
    await notified.echo.post('/', {
      details: { type: 'orca:stage:failed', ...shop.details },
      content: {
        execution: { id: 'X', name: 'Deploy' },
        context: {
          sendNotifications: true,
          customData: { k: 'v' },
          notifications: [{ ...finished(), when: 'stage.failed' }],
        },
      },
    });
    await notified.echo.idle();

    const { url, headers = {} } = notified.provider.asked[0] ?? {};
    const event = notified.provider.calls[0]?.[1] as { id: string };
    expect(url).toBe('/ns/broker');
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'ce-specversion': '1.0',
      'ce-type': 'dev.cdevents.taskrun.finished.0.1.1',
      'ce-source': 'http://deck',
      'ce-id': event.id,
    });
    expect(event).toMatchObject({
      specversion: '1.0',
      datacontenttype: 'application/json',
      data: {
        subject: {
          id: 'X',
          type: 'taskRun',
          content: {
            taskName: 'Deploy',
            url: 'http://deck/#/applications/shop/executions/details/X',
            pipelineRun: { id: 'X' },
            outcome: 'failure',
            errors: 'failed',
          },
        },
        customData: { k: 'v' },
        customDataContentType: 'application/json',
      },
    });
  });

  it.each([
    ['a type that there is not', { cdEventsType: 'dev.cdevents.pipelinerun.queued.0.1.1' }],
    ['no type', { cdEventsType: null }],
    ['an address without a path', { address: 'http://127.0.0.1:1' }],
    ['an application that does not fit into a link', {}],
  ])('are not made with %s', async (_what, wrong) => {
    await notified.report('orca:pipeline:complete', { ...finished(), ...wrong });

    expect(notified.provider.asked).toEqual([]);
  });
});

describe('a dry run', () => {
  it('runs the stored pipeline once more after its success, as nobody but a dry run', async () => {
    const stored = {
      id: 'P',
      application: 'what ever',
      name: 'Deploy',
      stages: [],
      triggers: [{ id: 'as stored', type: 'git' }],
      notifications: [{ type: 'email' }],
    };
    await start((url) => ({ DRYRUN_ENABLED: 'true', DRYRUN_BASEURL: url }));
    notified.echo.spinnaker.front50.answering(({ url }) =>
      url.includes('what%20ever') ? json([{ name: 'x' }, stored]) : undefined,
    );
    const execution = { pipelineConfigId: 'P' };

    await notified.report('orca:pipeline:complete', { type: 'dryrun' }, execution);
    await notified.report('orca:pipeline:complete', { type: 'dryrun' }, { id: 'Y' });

    expect(notified.provider.calls).toHaveLength(1);
    const [call, body] = notified.provider.calls[0] ?? [];
    expect(call).toBe('POST /orchestrate');
    expect(body).toMatchObject({
      name: 'Deploy (dry run)',
      application: 'what ever',
      triggers: [{ id: 'as stored' }],
      trigger: { type: 'dryrun', lastSuccessfulExecution: { id: 'X', pipelineConfigId: 'P' } },
    });
    expect(body).not.toHaveProperty('id');
    expect(body).not.toHaveProperty('notifications');
  });
});
