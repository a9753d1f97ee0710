import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTriggerTests } from './run.js';

const docker = (tag: string): object => ({
  details: { type: 'docker' },
  content: { account: 'hub', registry: 'docker.io', repository: 'o/shop', tag },
});

const PIPELINES = [
  {
    application: 'demo',
    name: 'Deploy',
    id: 'deploy',
    parameterConfig: [],
    triggers: [{ type: 'docker', enabled: true, account: 'hub', repository: 'o/shop', tag: 'v\\d+' }],
  },
  { application: 'demo', name: 'Other', triggers: [{ type: 'webhook', enabled: true, source: 'ci' }] },
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trigger-test-'));
  write('pipelines.json', JSON.stringify(PIPELINES));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

async function run(...files: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await runTriggerTests(files, { env: {}, cwd: folder, write: (more) => void (text += more) });
  return { code, text };
}

/** Runs tests against the pipelines above; answers the exit code and the lines without frame. */
async function tested(...tests: object[]): Promise<{ code: number; lines: string[] }> {
  write('t.yml', stringify({ pipelines: 'pipelines.json', tests: tests.map((one) => ({ name: 'it', ...one })) }));
  const { code, text } = await run('t.yml');
  return { code, lines: text.trim().split('\n').slice(1, -1) };
}

describe('a trigger test passes', () => {
  it.each([
    ['when exactly the expected starts', { event: docker('v1'), starts: [{ pipeline: 'Deploy' }] }],
    [
      'when the start has what is expected',
      {
        event: docker('v1'),
        starts: [
          { pipeline: 'deploy', application: 'demo', trigger: { tag: 'v1' }, body: { id: 'deploy', disabled: false } },
        ],
      },
    ],
    ['when nothing starts, as expected', { event: docker('latest'), starts: [] }],
    [
      'when it is rejected by the expected rule',
      { event: docker('x'), rejects: [{ pipeline: 'Deploy', rule: 'tag' }] },
    ],
    ['when it does not start for whatever reason', { event: docker('x'), rejects: [{ pipeline: 'Other' }] }],
    ['when it asks for nothing', { event: docker('v1') }],
  ])('%s', async (_what, test) => {
    expect(await tested(test)).toEqual({ code: 0, lines: ['  ✓ it'] });
  });
});

describe('a trigger test fails, with the reason,', () => {
  it.each([
    [
      'when something else starts',
      { event: docker('v1'), starts: [] },
      ['demo / Deploy would start, which is not expected'],
    ],
    [
      'when the start is otherwise',
      { event: docker('v1'), starts: [{ pipeline: 'Deploy', trigger: { tag: 'v2', hash: 'x' } }] },
      [
        'demo / Deploy would start otherwise:',
        '  trigger.tag',
        '    - "v2"',
        '    + "v1"',
        '  trigger.hash',
        '    - "x"',
        '    + nothing',
      ],
    ],
    [
      'when a rule stands in the way',
      { event: docker('x1'), starts: [{ pipeline: 'Deploy' }] },
      ['Deploy would not start:', '  its docker trigger fails at tag: expected v\\d+, got x1'],
    ],
    [
      'when no trigger waits for it',
      { event: docker('v1'), starts: [{ pipeline: 'Deploy' }, { pipeline: 'Other', application: 'demo' }] },
      ['demo / Other would not start:', '  none of its triggers waits for this'],
    ],
    [
      'when a pipeline is to start twice',
      { event: docker('v1'), starts: [{ pipeline: 'Deploy' }, { pipeline: 'Deploy' }] },
      ['Deploy would not start:', '  its docker trigger matches'],
    ],
    [
      'when the event is not what it says',
      { event: { details: { type: 'docker' } }, starts: [{ pipeline: 'Deploy' }] },
      ['Deploy would not start:', expect.stringMatching(/^ {2}docker cannot use the event: /) as string],
    ],
    [
      'when it starts and must not',
      { event: docker('v1'), rejects: [{ pipeline: 'Deploy' }] },
      ['Deploy would start, which it must not'],
    ],
    [
      'when another rule rejects it',
      { event: docker('x'), rejects: [{ pipeline: 'Deploy', rule: 'artifacts' }] },
      ['Deploy is not rejected by artifacts:', '  its docker trigger fails at tag: expected v\\d+, got x'],
    ],
    [
      'when no rule rejects it',
      { event: docker('v1'), rejects: [{ pipeline: 'Other', rule: 'source' }] },
      ['Other is not rejected by source:', '  none of its triggers waits for this'],
    ],
    [
      'when the event is none',
      { event: { details: 7 } },
      [expect.stringMatching(/^the event cannot be used: details/) as string],
    ],
  ])('%s', async (_what, test, complaint) => {
    const { code, lines } = await tested(test);

    expect(code).toBe(1);
    expect(lines[0]).toBe('  ✗ it');
    expect(lines.slice(1).map((line) => line.replace(/^ {6}/, ''))).toEqual(complaint);
  });
});

describe('trigger tests', () => {
  it('compare numbers as JavaScript has them, and take the start that fits best', async () => {
    const webhook = { type: 'webhook', enabled: true, source: 'ci' };
    const triggers = [
      { ...webhook, parameters: { a: '1' } },
      { ...webhook, description: 'second' },
    ];
    write('pipelines.json', JSON.stringify([{ application: 'demo', name: 'Both', triggers }]));
    const event = { details: { type: 'webhook', source: 'ci' }, content: {}, payload: { price: 1.5, big: 1e21 } };
    const starts = [
      { pipeline: 'Both', trigger: { description: 'second', payload: { price: 1.5, big: 1e21 } } },
      { pipeline: 'Both' },
    ];

    expect(await tested({ event, starts })).toEqual({ code: 0, lines: ['  ✓ it'] });
  });

  it('run files and folders, and end with the totals', async () => {
    const tests = [
      { name: 'one', event: docker('v1'), starts: [{ pipeline: 'Deploy' }] },
      { name: 'two', event: docker('v1'), starts: [] },
    ];
    write('a.yml', stringify({ pipelines: ['pipelines.json'], tests }));

    const { code, text } = await run('a.yml', 'a.yml');

    expect(code).toBe(1);
    expect(text.match(/a\.yml/g)).toHaveLength(2);
    expect(text).toContain('2 passed, 2 failed\n');
  });

  it('fail for a pipeline that cannot be read', async () => {
    write('pipelines.json', JSON.stringify([...PIPELINES, { application: 'demo', name: 'Odd', stages: 7 }]));

    const { code, lines } = await tested({ event: docker('v1') });

    expect(code).toBe(1);
    expect(lines[0]).toBe('  ✗ the pipeline demo:Odd (demo-odd) can be read');
    expect(lines[1]).toContain('stages');
  });

  it.each([
    ['no file', [], 2, 'Usage: npm run trigger-test'],
    ['--help', ['--help'], 0, 'Usage: npm run trigger-test'],
    ['a file that is not there', ['none.yml'], 2, 'none.yml cannot be read'],
    ['a file that is no YAML', ['pipelines.txt'], 2, 'pipelines.txt is no YAML'],
    ['a file without tests', ['empty.yml'], 2, 'tests'],
    ['a file with a misspelt member', ['odd.yml'], 2, '"start"'],
    ['pipelines that are not there', ['lost.yml'], 2, 'nowhere has no usable pipelines'],
  ])('say what is wrong with %s', async (_what, files, wanted, message) => {
    write('pipelines.txt', 'a: [');
    write('empty.yml', 'pipelines: .');
    write('odd.yml', 'pipelines: .\ntests: [{ name: a, event: {}, start: [] }]');
    write('lost.yml', 'pipelines: nowhere\ntests: [{ name: a, event: {} }]');

    const { code, text } = await run(...files);

    expect(code).toBe(wanted);
    expect(text).toContain(message);
  });
});

describe('the trigger tests among the examples', () => {
  it('pass', async () => {
    const example = path.resolve(import.meta.dirname, '../../../examples/trigger-tests/demo.yml');

    expect(await run(example)).toEqual({ code: 0, text: expect.stringContaining('4 passed, 0 failed') as string });
  });
});
