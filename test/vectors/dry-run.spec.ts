import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type Body, CASES, type Call, type StartCase, callsTo, compared, peersWith } from './start-bodies.js';

interface Answer {
  readonly decisions: readonly { readonly start?: { readonly path: string; readonly body: Body } }[];
}

describe.each([true, false])('a dry run with igor.enabled: %s', (igor) => {
  let echo: RunningEcho;

  beforeAll(async () => {
    echo = await startEcho({ spinnaker: await peersWith([]), env: { IGOR_ENABLED: String(igor) } });
  });
  afterAll(() => echo.close());

  async function wouldBeCalls({ pipeline, event }: StartCase): Promise<Call[]> {
    const answer = await echo.post('/events/dry-run', { event, pipelines: [pipeline] });
    expect(answer.status).toBe(200);
    const { decisions } = (await answer.json()) as Answer;
    return decisions.flatMap(({ start }) => (start ? [{ path: start.path, body: start.body }] : []));
  }

  it.each(CASES.filter((one) => one.igor === igor))('has the bodies that orca would be sent: $name', async (one) => {
    const { actual, expected } = compared(await wouldBeCalls(one), one.calls);

    expect(actual).toEqual(expected);
    expect(callsTo(echo.spinnaker)).toEqual([]);
  });
});
