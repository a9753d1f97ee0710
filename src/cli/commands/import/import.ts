import { InvalidRequestError } from '../../../platform/errors/index.js';
import { isJsonObject } from '../../../platform/json/index.js';
import type { Command, Finding } from '../command.js';
import type { EchoApi } from '../echo-api.js';
import { table } from '../table.js';
import { actionsOf } from './actions.js';
import { pausesOf } from './pauses.js';
import { settingsOf } from './settings.js';
import { type Taken, takeAll } from './taking.js';

/** The other's quiet period as lines for a file: it is configuration there, so that it is here too. */
async function quietPeriodOf(theirs: EchoApi): Promise<Taken[]> {
  const { status, body } = await theirs.get('/quietPeriod');
  if (status !== 200 || !isJsonObject(body)) return [];
  const [start, end] = [Number(body['startTime']), Number(body['endTime'])];
  if (!(start > 0) || !(end > 0)) return [];
  const iso = (time: number): string => new Date(time).toISOString();
  const lines = { startIso: iso(start), endIso: iso(end) };
  return Object.entries(lines).map(([key, value]) => ({
    what: 'quiet period',
    name: `quietPeriod.${key}`,
    outcome: 'write it into echo.yml',
    note: value,
  }));
}

/** `echo import`: what lives only inside a running Echo moves over. Nothing is taken twice, and nothing without --apply. */
export const importing: Command = {
  name: 'import',
  usage: '--from <url> [--apply]',
  summary: 'takes hand-made actions, pauses and changed settings of another Echo; without --apply only says which',
  options: { from: 'the other Echo', 'from-token': 'its token, where it wants one' },
  flags: { apply: 'takes them; without it nothing changes' },
  words: [0, 0],
  async run({ options: { from, 'from-token': token }, flags, api }): Promise<Finding> {
    if (!from) throw new InvalidRequestError('--from is missing: where is the other Echo?');
    const [theirs, ours] = [await api({ url: from, token }), await api()];
    const things = [
      ...(await actionsOf(theirs, ours)),
      ...(await pausesOf(theirs, ours)),
      ...(await settingsOf(theirs, ours)),
    ];
    const taken = [...(await takeAll(things, flags.has('apply'))), ...(await quietPeriodOf(theirs))];
    const rows = taken.map(({ what, name, outcome, note }) => [what, name, outcome, note]);
    return {
      data: taken.map((each) => ({ ...each })),
      text: table(['what', 'name', 'outcome', ''], rows) || 'The other Echo has nothing that would have to be taken.\n',
      code: taken.some(({ outcome }) => outcome === 'refused') ? 1 : 0,
    };
  },
};
