import { SystemClock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { objectOf, objectsIn, textOf } from './answers.js';
import type { Command, Finding, Given } from './command.js';
import { type EchoApi, good } from './echo-api.js';
import { instant } from './instant.js';
import { table } from './table.js';

/** What a trigger would come to: the kind of start, or the first rule that fails. */
function verdictOf({ kind, rule, expected, got, start }: JsonObject): string[] {
  if (kind === 'rejected')
    return ['would not start', `${textOf(rule)}: expected ${textOf(expected)}, got ${textOf(got)}`];
  const { kind: how, by, error } = objectOf(start);
  return [textOf(how), textOf(by) || textOf(error)];
}

const rowOf = (decision: JsonObject): string[] => [
  `${textOf(decision['application'])}: ${textOf(decision['pipelineName'])}`,
  textOf(decision['triggerType']),
  ...verdictOf(decision),
];

async function one(echo: EchoApi, id: string, isApplied: boolean): Promise<Finding> {
  if (isApplied) {
    const data = good(await echo.post(`/events/${encodeURIComponent(id)}/replay`, {}));
    const { inboxId } = objectOf(data);
    return { data, text: `Event ${id} is replayed as ${textOf(inboxId)}.\n` };
  }
  const data = good(await echo.post('/events/dry-run', { eventId: id }));
  const rows = objectsIn(objectOf(data)['decisions']).map(rowOf);
  const text = table(['pipeline', 'trigger', 'outcome', 'why'], rows) || 'It would start nothing.\n';
  return { data, text: `${text}Nothing is done without --apply.\n` };
}

async function range(echo: EchoApi, { options, flags }: Pick<Given, 'options' | 'flags'>): Promise<Finding> {
  const { from, to, type, source, application } = options;
  if (!from) throw new InvalidRequestError('Name the event, or say from when on events are meant: --from.');
  const now = new SystemClock().now();
  const isApplied = flags.has('apply');
  const span = { from: instant(from, now), ...(to && { to: instant(to, now) }) };
  const asked = { ...span, type, source, application, limit: Number(options['limit'] ?? 100), dryRun: !isApplied };
  const data = good(await echo.post('/events/replay', asked));
  const count = Number(objectOf(data)['events'] ?? 0);
  const text = isApplied
    ? `Events that are replayed: ${count}.\n`
    : `Events: ${count}. Nothing is done without --apply.\n`;
  return { data, text, code: count > 0 ? 0 : 1 };
}

/** `echo replay`: takes recorded events in again. */
export const replay: Command = {
  name: 'replay',
  usage: '<eventId> | --from <time> [--to <time>] [--apply]',
  summary: 'takes events in again; without --apply it only says what they would start, or how many they are',
  options: {
    from: 'all since: an instant, or so long ago: 90m, 24h, 7d',
    to: 'the same, else now',
    type: 'only those of this type',
    source: 'only those of this source',
    application: 'only those of this application',
    limit: 'the latest so many, else 100',
  },
  flags: { apply: 'replays them; without it nothing changes' },
  words: [0, 1],
  async run({ words: [id], options, flags, api }): Promise<Finding> {
    const echo = await api();
    return id === undefined ? range(echo, { options, flags }) : one(echo, id, flags.has('apply'));
  },
};
