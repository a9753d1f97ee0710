import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonObject } from '../../platform/json/index.js';
import type { Command, Finding } from './command.js';
import { type EchoApi, good } from './echo-api.js';
import { actionsIn } from './scheduled-actions.js';
import { table } from './table.js';

/** What became, or would become, of one thing that the other Echo has. */
interface Taken {
  readonly what: string;
  readonly name: string;
  readonly outcome: 'would be taken' | 'taken' | 'is there already' | 'refused' | 'write it into echo.yml';
  readonly note: string;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const MEMBERS = ['id', 'application', 'pipelineId', 'cronExpression', 'timezone', 'runAsUser', 'forceRebake'];

/** What creates the action here: the zone is always said, since ours would be another where none is. */
const bodyOf = (action: JsonObject): JsonObject =>
  Object.fromEntries(MEMBERS.flatMap((name) => (action[name] === undefined ? [] : [[name, action[name]]])));

async function made(action: JsonObject, ours: EchoApi): Promise<Pick<Taken, 'outcome' | 'note'>> {
  try {
    good(await ours.post('/scheduledActions', bodyOf(action)));
    return { outcome: 'taken', note: '' };
  } catch (error) {
    return { outcome: 'refused', note: error instanceof Error ? error.message : String(error) };
  }
}

async function takeActions(theirs: EchoApi, ours: EchoApi, isApplied: boolean): Promise<Taken[]> {
  const [from, known] = [good(await theirs.get('/scheduledActions')), good(await ours.get('/scheduledActions'))];
  const ids = new Set(actionsIn(isJsonObject(known) ? known : {}, ['manuallyCreated']).map(({ id }) => id));
  const taken: Taken[] = [];
  for (const action of actionsIn(isJsonObject(from) ? from : {}, ['manuallyCreated'])) {
    const { application, id, cronExpression } = action;
    const about = { what: 'scheduled action', name: `${textOf(application)}: ${textOf(id)}` };
    if (ids.has(id ?? null)) taken.push({ ...about, outcome: 'is there already', note: '' });
    else if (isApplied) taken.push({ ...about, ...(await made(action, ours)) });
    else taken.push({ ...about, outcome: 'would be taken', note: textOf(cronExpression) });
  }
  return taken;
}

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
  summary: 'takes hand-made scheduled actions from another Echo; without --apply it only says which',
  options: ['from'],
  flags: ['apply'],
  words: [0, 0],
  async run({ options: { from }, flags, api }): Promise<Finding> {
    if (!from) throw new InvalidRequestError('--from is missing: where is the other Echo?');
    const [theirs, ours] = [await api(from), await api()];
    const taken = [...(await takeActions(theirs, ours, flags.has('apply'))), ...(await quietPeriodOf(theirs))];
    const rows = taken.map(({ what, name, outcome, note }) => [what, name, outcome, note]);
    return {
      data: taken.map((each) => ({ ...each })),
      text: table(['what', 'name', 'outcome', ''], rows) || 'The other Echo has nothing that would have to be taken.\n',
      code: taken.some(({ outcome }) => outcome === 'refused') ? 1 : 0,
    };
  },
};
