import { describe, expect, it } from 'vitest';
import type { Identity } from '../platform/request-context/index.js';
import { Inquiry } from './inquiry.js';

const caller = { headers: { 'x-spinnaker-user': 'ann', 'x-spinnaker-accounts': 'a,b', 'x-spinnaker-request-id': 'R' } };

/** Asks, and says how often the question went out. */
function questions() {
  const asked: (string | undefined)[] = [];
  const ask = (identity: Identity): Promise<number> =>
    Promise.resolve(asked.push(identity.headers['x-spinnaker-user']));
  return { asked, ask };
}

describe('the questions of one event', () => {
  it('are each asked once, also while the answer is on its way', async () => {
    const inquiry = new Inquiry(caller);
    const { asked, ask } = questions();

    const answers = await Promise.all([inquiry.once(['a', 1], ask), inquiry.once(['a', 1], ask)]);

    expect([answers, await inquiry.once(['a', 1], ask), asked]).toEqual([[1, 1], 1, ['ann']]);
  });

  it('are different ones when they differ in anything, or in who asks', async () => {
    const inquiry = new Inquiry(caller);
    const { asked, ask } = questions();

    await inquiry.once(['a', 1], ask);
    await inquiry.once(['a', '1'], ask);
    await inquiry.as('svc').once(['a', 1], ask);
    await inquiry.as('svc').once(['a', 1], ask);

    expect(asked).toEqual(['ann', 'ann', 'svc']);
  });

  it('are not asked again after a failure', async () => {
    const inquiry = new Inquiry(caller);
    let asked = 0;
    const fail = (): Promise<never> => {
      asked++;
      return Promise.reject(new Error('down'));
    };

    await expect(inquiry.once(['a'], fail)).rejects.toThrow('down');
    await expect(inquiry.once(['a'], fail)).rejects.toThrow('down');

    expect(asked).toBe(1);
  });

  it('carry everything else of the caller when they are asked as another user', () => {
    expect(new Inquiry(caller).as('svc').identity).toEqual({
      headers: { ...caller.headers, 'x-spinnaker-user': 'svc' },
    });
  });
});
