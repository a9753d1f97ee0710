import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../../test/support/echo.js';
import { CustomPubsubSystemModule } from './custom-pubsub-system.module.js';

const trigger = { enabled: true, type: 'pubsub', pubsubSystem: 'spool', subscriptionName: 'spool' };
const pipelines = [
  { application: 'shop', name: 'all', id: 'A', triggers: [trigger] },
  {
    application: 'shop',
    name: 'orders',
    id: 'O',
    triggers: [{ ...trigger, attributeConstraints: { file: '^order' } }],
  },
];

let folder: string;
let echo: RunningEcho;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-spool-'));
  echo = await startEcho({ pipelines, extensions: [CustomPubsubSystemModule], env: { SPOOL_FOLDER: folder } });
});

afterAll(async () => {
  await echo.close();
  rmSync(folder, { recursive: true });
});

/** A file that is there as a whole or not at all. */
function drop(name: string, text: string): void {
  writeFileSync(path.join(folder, `${name}.claimed`), text);
  renameSync(path.join(folder, `${name}.claimed`), path.join(folder, name));
}

describe('a pub/sub system of your own', () => {
  it('is listed, and starts pipelines by what comes', async () => {
    drop('order-1', '{"n":1}');
    drop('return-1', '{"n":2}');
    await until(() => readdirSync(folder).length === 0);
    await echo.idle();

    expect(await (await echo.get('/pubsub/subscriptions')).json()).toEqual([
      { pubsubSystem: 'spool', subscriptionName: 'spool' },
    ]);
    const starts = echo.spinnaker.orca
      .posted('/orchestrate')
      .map(({ name, trigger: started }) => [name, (started as { payload: unknown }).payload]);
    expect(starts).toHaveLength(3);
    expect(starts).toEqual(
      expect.arrayContaining([
        ['all', { n: 1 }],
        ['all', { n: 2 }],
        ['orders', { n: 1 }],
      ]),
    );
  });
});
