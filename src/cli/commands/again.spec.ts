import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliBench } from '../../../test/support/cli-bench.js';

let cli: CliBench;
beforeEach(() => void (cli = new CliBench()));
afterEach(() => cli.close());

const run = (args: readonly string[], env?: Record<string, string>): Promise<number> => cli.run(args, env);

const SUBJECT = { application: 'shop', pipelineName: 'Deploy', pipelineId: 'P', triggerType: 'docker' };

describe('echo replay', () => {
  it('says what an event would start, and takes it in again only with --apply', async () => {
    const rejected = { ...SUBJECT, kind: 'rejected', rule: 'tag', expected: 'v1', got: 'latest' };
    const matched = { ...SUBJECT, kind: 'matched', start: { kind: 'would-start' } };
    const { url, received } = await cli.echoWith({
      'POST /events/dry-run': { decisions: [rejected, matched] },
      'POST /events/E%2F1/replay': { of: 'A', inboxId: 'B' },
    });

    expect(await run(['replay', 'E/1', '--url', url])).toBe(0);
    expect(cli.out).toContain('tag: expected v1, got latest');
    expect(cli.out).toMatch(/would-start\n.*without --apply/);
    expect(received).toHaveLength(1);

    expect(await run(['replay', 'E/1', '--apply', '--url', url])).toBe(0);
    expect(cli.out).toBe('Event E/1 is replayed as B.\n');
  });

  it('counts the events of a span, or replays them', async () => {
    const { url, received } = await cli.echoWith({ 'POST /events/replay': { events: 3, replays: [] } });

    expect(await run(['replay', '--from', '2026-01-01T00:00:00Z', '--type', 'docker', '--url', url])).toBe(0);
    expect(cli.out).toBe('Events: 3. Nothing is done without --apply.\n');
    expect(await run(['replay', '--from', '2h', '--apply', '--url', url])).toBe(0);

    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { from: '2026-01-01T00:00:00Z', type: 'docker', limit: 100, dryRun: true },
      { from: expect.stringMatching(/^\d+$/) as string, limit: 100, dryRun: false },
    ]);
    expect(await run(['replay', '--url', url])).toBe(2);
    expect(cli.err).toContain('--from');
  });
});

describe('echo redrive and discard', () => {
  const dead = {
    id: 'A',
    state: 'dead',
    kind: 'start',
    key: 'k',
    createdAt: '2026-01-01T00:00:00.000Z',
    lastError: 'no',
  };

  it('say which effects are meant, and do nothing without --apply', async () => {
    const { url, received } = await cli.echoWith({
      'GET /effects?state=dead&limit=1000&kind=start': { effects: [dead, { ...dead, id: 'B', discarded: 'known' }] },
      'GET /effects/A': dead,
    });

    expect(await run(['redrive', '--kind', 'start', '--url', url, '--json'])).toBe(0);
    expect(JSON.parse(cli.out)).toMatchObject([{ id: 'A' }]);
    expect(await run(['discard', 'A', '--reason', 'known', '--url', url])).toBe(0);
    expect(cli.out).toMatch(/^effect .*\nA .* no\nNothing is done without --apply\.\n$/);
    expect(received.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('do it with --apply', async () => {
    const { url, received } = await cli.echoWith({
      'POST /effects/redrive': { redriven: 2 },
      'POST /effects/discard': { discarded: 0 },
    });

    expect(await run(['redrive', 'A', 'B', '--apply', '--url', url])).toBe(0);
    expect(cli.out).toBe('Effects that are tried again: 2.\n');
    expect(await run(['discard', '--kind', 'start', '--reason', 'known', '--apply', '--url', url])).toBe(1);
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { ids: ['A', 'B'], dryRun: false },
      { kind: 'start', reason: 'known', dryRun: false },
    ]);
  });

  it.each([
    [['redrive'], '--kind'],
    [['discard', 'A'], '--reason is missing'],
  ])('%j is refused with a reason', async (args, reason) => {
    expect(await run(args)).toBe(2);
    expect(cli.err).toContain(reason);
  });
});
