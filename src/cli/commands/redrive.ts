import { objectOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';
import { WHICH, bodyOf, lookedAt, meant } from './effects.js';

/** `echo redrive`: tries again what was given up. */
export const redrive: Command = {
  name: 'redrive',
  usage: '[effectId] … [--kind <kind>] [--from <time>] [--apply]',
  summary: 'tries dead effects again; without --apply it only says which',
  options: WHICH,
  flags: { apply: 'tries them; without it nothing changes' },
  words: [0, Number.POSITIVE_INFINITY],
  async run(given): Promise<Finding> {
    const [which, echo] = [meant(given), await given.api()];
    if (!given.flags.has('apply')) return lookedAt(echo, which);
    const data = good(await echo.post('/effects/redrive', { ...bodyOf(which), dryRun: false }));
    const count = Number(objectOf(data)['redriven'] ?? 0);
    return { data, text: `Effects that are tried again: ${count}.\n`, code: count > 0 ? 0 : 1 };
  },
};
