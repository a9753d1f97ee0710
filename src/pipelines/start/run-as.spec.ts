import { describe, expect, it } from 'vitest';
import type { FiatClient } from '../../clients/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { RunAs } from './run-as.js';
import type { StartRequest } from './start-request.js';

const caller = {
  'x-spinnaker-user': 'joe',
  'x-spinnaker-accounts': 'callers',
  'x-spinnaker-user-origin': 'deck',
  'x-spinnaker-request-id': 'R',
};

/** fiat off, or fiat on with these accounts to write to. */
const fiat = (accounts?: string[]): FiatClient =>
  ({
    enabled: accounts !== undefined,
    writableAccounts: (user: string) => Promise.resolve((accounts ?? []).map((account) => `${account}-of-${user}`)),
  }) as unknown as FiatClient;

async function headersOf(client: FiatClient, more: Partial<StartRequest> = {}, trigger: JsonObject | null = {}) {
  const request: StartRequest = {
    pipeline: readPipeline({ application: 'app', name: 'p', trigger }),
    source: 'EXTERNAL_EVENT',
    reason: 'I',
    at: 0,
    identity: { headers: caller },
    actAsCaller: false,
    cause: {},
    ...more,
  };
  return (await new RunAs(client).identityFor(request)).headers;
}

describe('a start runs', () => {
  it('as its caller, unchanged, when somebody asked for it (core.md §10, test 29)', async () => {
    expect(await headersOf(fiat(['a']), { actAsCaller: true }, { runAsUser: 'svc@x' })).toEqual(caller);
  });

  it('as nobody when that caller has no name', async () => {
    const identity = { headers: { 'x-spinnaker-request-id': 'R' } };

    expect(await headersOf(fiat(), { actAsCaller: true, identity })).toEqual(identity.headers);
  });

  it('as anonymous without fiat, whatever the trigger says', async () => {
    expect(await headersOf(fiat(), {}, { runAsUser: 'svc@x' })).toEqual({
      ...caller,
      'x-spinnaker-user': 'anonymous',
    });
  });

  it.each([
    ['the trigger names nobody', {}],
    ['the trigger names a blank', { runAsUser: ' \t' }],
    ['there is no trigger', null],
  ])('as anonymous when %s (tests 25, 28)', async (_why, trigger) => {
    expect(await headersOf(fiat([]), {}, trigger)).toMatchObject({ 'x-spinnaker-user': 'anonymous' });
    expect(await headersOf(fiat(['a']), {}, trigger)).toMatchObject({ 'x-spinnaker-accounts': 'a-of-anonymous' });
  });

  it('as the user of the trigger, with the accounts that user may write to (tests 26, 27)', async () => {
    expect(await headersOf(fiat(['account1', 'account2']), {}, { runAsUser: ' svc@x ' })).toEqual({
      ...caller,
      'x-spinnaker-user': 'svc@x',
      'x-spinnaker-accounts': 'account1-of-svc@x,account2-of-svc@x',
    });
  });
});

describe('the headers of a start', () => {
  it('have a request id where the request had none, led by the execution id', async () => {
    const withExecution = { headers: { 'x-spinnaker-execution-id': 'E' } };

    const made = await headersOf(fiat(), { identity: { headers: {} } });
    const led = await headersOf(fiat(), { identity: withExecution });

    expect(made['x-spinnaker-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(led['x-spinnaker-request-id']).toMatch(/^E:[0-9a-f-]{36}$/);
  });
});
