import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../test/support/echo.js';
import { CustomChannelModule } from './custom-channel.module.js';
import { Loft } from './loft.js';

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ extensions: [CustomChannelModule] });
});

afterAll(() => echo.close());

const flown = () => echo.app.get(Loft, { strict: false }).flown;

describe('a channel of your own', () => {
  it('tells what orca reports to those who asked for it', async () => {
    const notifications = [{ type: 'pigeon', address: 'tower', when: ['pipeline.failed'] }];
    await echo.post('/', {
      details: { type: 'orca:pipeline:failed', application: 'shop' },
      content: { execution: { id: 'X', name: 'deploy', notifications } },
    });
    await echo.idle();

    expect(flown()).toEqual([{ to: 'tower', text: 'A pipeline of shop is failed' }]);
  });

  it('takes direct notifications and answers what the provider said', async () => {
    const request = { notificationType: 'pigeon', to: ['barn'], additionalContext: { body: 'hello' } };

    const answer = await echo.post('/notifications', request);

    expect(await answer.json()).toEqual({ value: 'flight 2' });
    expect(flown()).toContainEqual({ to: 'barn', text: 'hello' });
  });

  it("mirrors the provider's refusal", async () => {
    const answer = await echo.post('/notifications', { notificationType: 'PIGEON', to: ['sea'] });

    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ message: 'pigeons do not swim' });
  });

  it('is offered to the user interface', async () => {
    expect(await (await echo.get('/notifications/metadata')).json()).toEqual([
      {
        notificationType: 'pigeon',
        uiType: 'BASIC',
        parameters: [
          {
            name: 'address',
            label: 'Loft',
            description: 'Where the pigeon flies to',
            defaultValue: 'tower',
            type: 'string',
          },
        ],
      },
    ]);
  });
});
