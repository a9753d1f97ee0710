import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliBench } from '../../../test/support/cli-bench.js';
import { json } from '../../../test/support/http-peer.js';

let cli: CliBench;
beforeEach(() => void (cli = new CliBench()));
afterEach(() => cli.close());

const run = (args: readonly string[], env?: Record<string, string>): Promise<number> => cli.run(args, env);

const SUBJECT = { application: 'shop', pipelineName: 'Deploy', pipelineId: 'P', triggerType: 'docker' };

describe('echo', () => {
  it('without a command says what there is, and that this was of no use', async () => {
    expect(await run([])).toBe(2);
    expect(cli.out).toContain('explain <eventId|pipelineId>');

    expect(await run(['--help'])).toBe(0);
    expect(cli.out).toContain('--json');
  });

  it.each([
    [['frob'], "echo has no command 'frob'."],
    [['explain'], 'Usage: echo explain <eventId|pipelineId>'],
    [['cron', '* * * * * ?', '--nonsense'], "Unknown option '--nonsense'"],
    [['explain', 'E', '--url', 'http://127.0.0.1:1'], 'echo explain: '],
  ])('%j is refused with a reason', async (args, reason) => {
    expect(await run(args)).toBe(2);
    expect(cli.err).toContain(reason);
    expect(cli.out).toBe('');
  });

  it('explains one command', async () => {
    expect(await run(['import', '--help'])).toBe(0);
    expect(cli.out).toContain('Usage: echo import --from <url> [--apply]');
  });
});

describe('echo explain', () => {
  const REJECTED = { ...SUBJECT, kind: 'rejected', rule: 'tag', expected: 'v.*', got: 'latest' };
  const MATCHED = { ...SUBJECT, kind: 'matched', start: { kind: 'suppressed', by: 'orca.enabled' } };
  const DECIDED = [{ eventId: 'E', decisions: [REJECTED, MATCHED], unusable: [{ handler: 'git', reason: 'no hash' }] }];

  it('shows for an event the first rule that failed, or what became of the start', async () => {
    const { url, received } = await cli.echoWith({ 'GET /events/E/decisions': DECIDED });

    expect(await run(['explain', 'E', '--url', url, '--token', 'T'])).toBe(0);

    expect(cli.out).toBe(
      'event  pipeline      trigger  decision  why\n' +
        'E      shop: Deploy  docker   rejected  tag: expected v.*, got latest\n' +
        'E      shop: Deploy  docker   matched   suppressed: orca.enabled\n' +
        'git could not use the event: no hash\n',
    );
    expect(received[0]?.headers['authorization']).toBe('Bearer T');
  });

  it('shows for a pipeline what was decided since an instant', async () => {
    const { url } = await cli.echoWith({
      'GET /pipelines/P/decisions?since=5&limit=1000': [{ ...REJECTED, at: '2026-01-01T00:00:00.000Z' }],
    });

    expect(await run(['explain', 'P', '--since', '5', '--json'], { ECHO_URL: `${url}/` })).toBe(0);

    expect(JSON.parse(cli.out)).toMatchObject([{ rule: 'tag', got: 'latest' }]);
  });

  it('says when nothing is known', async () => {
    const { url } = await cli.echoWith({ 'GET /pipelines/P/decisions?since=0&limit=1000': [] });

    expect(await run(['explain', 'P', '--url', url])).toBe(1);
    expect(cli.out).toMatch(/^No decision is known for an event or a pipeline P/);
  });
});

describe('echo cron', () => {
  it('says what an expression means and when it is due, on the clock of its zone', async () => {
    const args = ['cron', '0 30 2 ? * *', '--zone', 'Europe/Berlin', '--from', '2026-03-28T00:00:00Z', '--count', '2'];

    expect(await run(args)).toBe(0);

    expect(cli.out).toBe('At 2:30 AM\n\nSat 2026-03-28 02:30:00 GMT+01:00\nMon 2026-03-30 02:30:00 GMT+02:00\n');
  });

  it('replaces H as for a trigger', async () => {
    expect(await run(['cron', 'H H H ? * 1', '--id', 'temp', '--count', '1', '--json'])).toBe(0);

    expect(JSON.parse(cli.out)).toMatchObject({
      valid: true,
      expression: '48 48 12 ? * 1',
      zone: 'America/Los_Angeles',
    });
  });

  it('tells the fault', async () => {
    expect(await run(['cron', '0 0 25 * * ?'])).toBe(1);
    expect(cli.out).toBe("Invalid CRON expression: '0 0 25 * * ?' explanation: Hour values must be between 0 and 23\n");
  });

  it('tells when it is never due again', async () => {
    expect(await run(['cron', '0 0 0 1 1 ? 2010'])).toBe(0);
    expect(cli.out).toContain('It is never due again.');
  });

  it.each([
    ['--zone', 'Mars/Base'],
    ['--count', '0'],
    ['--from', 'yesterday'],
  ])('refuses %s %s', async (option, value) => {
    expect(await run(['cron', '0 0 0 ? * *', option, value])).toBe(2);
    expect(cli.err).toContain(`echo cron: ${option}: `);
  });
});

describe('echo next', () => {
  const SLOT = {
    slot: '2085-01-01T00:00:00.000Z',
    startsAt: '2085-01-01T00:00:30.000Z',
    heldBy: 'held by freeze holidays until 2085-01-02T00:00:00.000Z',
    application: 'blog',
    pipelineId: 'p-d',
    pipeline: null,
    expression: '0 0 0 1 1 ? 2085',
    timezone: 'GMT+05:30',
  };
  const QUERY = 'to=9999-01-01T00%3A00%3A00Z';

  it('shows what is due first, of all or of one application, and what is made of it', async () => {
    const { url } = await cli.echoWith({
      [`GET /triggers/cron/upcoming?${QUERY}&limit=20`]: [{ ...SLOT, id: 'd' }],
      [`GET /triggers/cron/upcoming?${QUERY}&limit=1&application=blog`]: [SLOT],
    });

    await run(['next', '--url', url, '--json']);
    expect(JSON.parse(cli.out)).toEqual([{ ...SLOT, id: 'd' }]);

    await run(['next', 'blog', '--count', '1', '--url', url]);
    const [heading = '', due = ''] = cli.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '));
    expect(heading).toBe('at | application | pipeline | expression | delayed to | held back');
    const [at, delayedTo] = ['Mon 2085-01-01 05:30:00 GMT+05:30', 'Mon 2085-01-01 05:30:30 GMT+05:30'];
    expect(due).toBe([at, 'blog', 'p-d', SLOT.expression, delayedTo, SLOT.heldBy].join(' | '));
  });
});

it('echo next asked of an instance without cron triggers says whom to ask', async () => {
  const peer = await cli.peer(() => json({ status: 404, error: 'Not Found', message: 'No message available' }, 404));

  expect(await run(['next', '--url', peer.url])).toBe(2);
  expect(cli.err).toContain('cron triggers are with an echo-scheduler');
});

describe('echo validate', () => {
  it('passes what the service would load', async () => {
    writeFileSync(path.join(cli.folder, 'echo.yml'), 'server:\n  port: 1234\n');

    expect(await run(['validate', 'echo.yml'])).toBe(0);
    expect(cli.out).toContain('The configuration is good.');
  });

  it('leaves secrets in a store to the boot, and says which, beside all else there is to say', async () => {
    writeFileSync(
      path.join(cli.folder, 'echo.yml'),
      'slack:\n  token: encrypted:k8s!n:slack!k:token\nrest.enable: true\n',
    );

    expect(await run(['validate', 'echo.yml'])).toBe(0);
    expect(cli.out).toMatch(/echo\.yml:2: slack\.token: is in a secret store, which is opened at boot\n/);
    expect(cli.out).toMatch(/warning: .*rest\.enable[^]*The configuration is good\./);

    writeFileSync(path.join(cli.folder, 'echo.yml'), 'slack.token: encrypted:k8s!n:slack!k:token\nserver.port: many\n');
    expect(await run(['validate', 'echo.yml'])).toBe(1);
    expect(cli.out).toContain('The configuration has 1 fault:');
  });

  it('names every fault with its line', async () => {
    writeFileSync(path.join(cli.folder, 'echo.yml'), 'server:\n  port: many\norca:\n  baseUrl: nowhere\n');

    expect(await run(['validate', 'echo.yml'])).toBe(1);
    expect(cli.out).toMatch(/echo\.yml:2: server\.port/);
    expect(cli.out).toMatch(/echo\.yml:4: orca\.baseUrl/);
  });
});

describe('echo shadow-report', () => {
  it('asks for a span that ends so long ago, and is content without differences', async () => {
    const peer = await cli.peer(({ url }) => {
      const since = Number(new URL(url, 'http://echo').searchParams.get('since'));
      const isADayAgo = Math.abs(Date.now() - since - 86_400_000) < 60_000;
      return json({ both: isADayAgo ? 7 : -1, onlyOurs: 0, onlyTheirs: 0, differences: [] });
    });

    expect(await run(['shadow-report', '--since', '24h', '--url', peer.url])).toBe(0);
    expect(cli.out).toBe('Both: 7. Only ours: 0. Only theirs: 0.\n');
  });

  it('says what is missing', async () => {
    expect(await run(['shadow-report'])).toBe(2);
    expect(cli.err).toContain('--since is missing');
  });
});

describe('echo trigger-test', () => {
  it('cannot be carried out without the file', async () => {
    expect(await run(['trigger-test', 'none.yml'])).toBe(2);
    expect(cli.err).toContain('none.yml');
  });
});

describe('echo test-notification', () => {
  it('asks for a message as orca would', async () => {
    const { url, received } = await cli.echoWith({ 'POST /notifications': { value: 'sent' } });

    expect(await run(['test-notification', 'pager-duty', 'KEY', '--subject', 'S', '--url', url])).toBe(0);

    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      notificationType: 'PAGER_DUTY',
      to: ['KEY'],
      additionalContext: { subject: 'S' },
    });
  });

  it('is not content when no channel took it', async () => {
    const { url } = await cli.echoWith({ 'POST /notifications': { kind: 'untaken' } });

    expect(await run(['test-notification', 'slack', '#x', '--url', url])).toBe(1);
  });

  it('tells why it was not sent', async () => {
    const { url } = await cli.echoWith({});

    expect(await run(['test-notification', 'slack', '#x', '--url', url])).toBe(2);
    expect(cli.err).toBe('echo test-notification: nothing there\n');
  });
});

describe('echo import', () => {
  const MINE = {
    id: 'mine',
    application: 'shop',
    pipelineId: 'P',
    cronExpression: '0 0 9 ? * *',
    timezone: 'UTC',
    runAsUser: null,
  };
  const KNOWN = { ...MINE, id: 'known' };
  const QUIET = { enabled: true, inQuietPeriod: false, startTime: 1_700_000_000_000, endTime: 1_700_003_600_000 };

  const bothSides = async () => {
    const theirs = await cli.echoWith({
      'GET /scheduledActions': { pipeline: [{ ...MINE, id: 'of-a-pipeline' }], manuallyCreated: [MINE, KNOWN] },
      'GET /quietPeriod': QUIET,
    });
    const ours = await cli.echoWith({
      'GET /scheduledActions': { pipeline: [], manuallyCreated: [KNOWN] },
      'POST /scheduledActions': MINE,
    });
    return { theirs, ours, posted: () => ours.received.filter(({ method }) => method === 'POST') };
  };

  it('only says what it would take', async () => {
    const { theirs, ours, posted } = await bothSides();

    expect(await run(['import', '--from', theirs.url, '--url', ours.url])).toBe(0);

    expect(posted()).toEqual([]);
    expect(cli.out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['what', 'name', 'outcome'],
      ['scheduled action', 'shop: mine', 'would be taken', '0 0 9 ? * *'],
      ['scheduled action', 'shop: known', 'is there already'],
      ['quiet period', 'quietPeriod.startIso', 'write it into echo.yml', '2023-11-14T22:13:20.000Z'],
      ['quiet period', 'quietPeriod.endIso', 'write it into echo.yml', '2023-11-14T23:13:20.000Z'],
      [''],
    ]);
  });

  it('with --apply takes what is not there yet, with its zone, and nothing that pipelines bring', async () => {
    const { theirs, ours, posted } = await bothSides();

    expect(await run(['import', '--from', theirs.url, '--url', ours.url, '--apply', '--json'])).toBe(0);

    expect(posted().map(({ body }) => JSON.parse(body) as unknown)).toEqual([MINE]);
    expect(JSON.parse(cli.out)).toMatchObject([{ outcome: 'taken' }, { outcome: 'is there already' }, {}, {}]);
  });

  it('goes on where one is refused, and says why', async () => {
    const theirs = await cli.echoWith({
      'GET /scheduledActions': { manuallyCreated: [MINE, { ...MINE, id: 'other' }] },
    });
    const ours = await cli.echoWith({ 'GET /scheduledActions': {} });

    expect(await run(['import', '--from', theirs.url, '--url', ours.url, '--apply'])).toBe(1);
    expect(cli.out.match(/refused {2}nothing there/g)).toHaveLength(2);
  });

  it('takes pauses and changed settings too, but no secrets, and leaves what was changed here', async () => {
    const change = (key: string, value: unknown) => ({ key, value, cluster: null, by: 'ann', why: 'for now' });
    const theirs = await cli.echoWith({
      'GET /scheduledActions': {},
      'GET /triggers/cron/pauses': [{ scope: 'trigger', name: 'T/1', note: 'too noisy', by: 'ann', since: 1 }],
      'GET /admin/config': {
        inForce: [change('a.b', 5), change('a.secret', '***'), change('a.mine', 1), change('a.same', 2)],
      },
    });
    const ours = await cli.echoWith({
      'GET /scheduledActions': {},
      'GET /triggers/cron/pauses': [],
      'GET /admin/config': { inForce: [change('a.mine', 3), change('a.same', 2)] },
      'PUT /triggers/cron/T%2F1/pause': {},
      'PUT /admin/config/a.b': {},
    });

    expect(await run(['import', '--from', theirs.url, '--url', ours.url, '--apply'])).toBe(1);

    expect(
      ours.received.filter(({ method }) => method === 'PUT').map(({ url, body }) => [url, JSON.parse(body)]),
    ).toEqual([
      ['/triggers/cron/T%2F1/pause', { note: 'too noisy; paused by ann' }],
      ['/admin/config/a.b', { value: 5, why: 'for now; changed by ann' }],
    ]);
    expect(
      cli.out
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['pause', 'trigger T/1', 'taken'],
      ['setting', 'a.b', 'taken'],
      ['setting', 'a.secret', 'refused', 'it is a secret, which is not shown: set it by hand'],
      ['setting', 'a.mine', 'is there already', 'as 3, not 1'],
      ['setting', 'a.same', 'is there already', '2'],
    ]);
  });

  it('needs to know from where', async () => {
    expect(await run(['import'])).toBe(2);
    expect(cli.err).toBe('echo import: --from is missing: where is the other Echo?\n');
  });
});
