import { InvalidRequestError } from '../../platform/errors/index.js';
import { objectOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';
import { WHICH, bodyOf, lookedAt, meant } from './effects.js';

/** `echo discard`: puts aside what was given up and shall not be tried again. */
export const discard: Command = {
  name: 'discard',
  usage: '[effectId] … --reason <text> [--kind <kind>] [--from <time>] [--apply]',
  summary: 'puts dead effects aside; without --apply it only says which',
  options: { ...WHICH, reason: 'why; it stands beside them' },
  flags: { apply: 'puts them aside; without it nothing changes' },
  words: [0, Number.POSITIVE_INFINITY],
  async run(given): Promise<Finding> {
    const { reason } = given.options;
    if (!reason) throw new InvalidRequestError('--reason is missing: say why.');
    const [which, echo] = [meant(given), await given.api()];
    if (!given.flags.has('apply')) return lookedAt(echo, which);
    const data = good(await echo.post('/effects/discard', { ...bodyOf(which), reason, dryRun: false }));
    const count = Number(objectOf(data)['discarded'] ?? 0);
    return { data, text: `Effects that are put aside: ${count}.\n`, code: count > 0 ? 0 : 1 };
  },
};
