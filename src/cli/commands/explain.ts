import { type JsonObject, isJsonObject } from '../../platform/json/index.js';
import { objectsIn, textOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';
import { table } from './table.js';

/** What became of the start, or the first rule that failed. */
function reasonOf(decision: JsonObject): string {
  const { rule, expected, got, start } = decision;
  if (decision['kind'] === 'rejected') return `${textOf(rule)}: expected ${textOf(expected)}, got ${textOf(got)}`;
  if (!start || !isJsonObject(start)) return '';
  return [start['kind'], start['by'] ?? start['error'] ?? start['executionId']].map(textOf).filter(Boolean).join(': ');
}

const rowOf = (decision: JsonObject): string[] => [
  textOf(decision['at'] ?? decision['eventId']),
  `${textOf(decision['application'])}: ${textOf(decision['pipelineName'])}`,
  textOf(decision['triggerType']),
  textOf(decision['kind']),
  reasonOf(decision),
];

/** The decisions about events, each with the id of its event. */
const decisionsOf = (events: readonly JsonObject[]): JsonObject[] =>
  events.flatMap((event) =>
    objectsIn(event['decisions']).map((decision) => ({ eventId: event['eventId'] ?? null, ...decision })),
  );

function unusableOf(events: readonly JsonObject[]): string {
  const lines = events.flatMap((event) => objectsIn(event['unusable']));
  return lines.map(({ handler, reason }) => `${textOf(handler)} could not use the event: ${textOf(reason)}\n`).join('');
}

const shown = (first: string, decisions: readonly JsonObject[]): string =>
  table([first, 'pipeline', 'trigger', 'decision', 'why'], decisions.map(rowOf));

/** As many as Echo tells at once. */
const MOST_EVENTS = '1000';

/** `echo explain`: why something started, or did not. */
export const explain: Command = {
  name: 'explain',
  usage: '<eventId|pipelineId> [--since <time>]',
  summary: 'why an event started something or did not; what was decided about a pipeline',
  options: { since: 'of a pipeline: the instant from which on decisions count' },
  words: [1, 1],
  async run({ words: [id = ''], options: { since = '0' }, api }): Promise<Finding> {
    const echo = await api();
    const ofEvent = await echo.get(`/events/${encodeURIComponent(id)}/decisions`);
    if (ofEvent.status !== 404) {
      const data = good(ofEvent);
      const events = objectsIn(data);
      return { data, text: shown('event', decisionsOf(events)) + unusableOf(events) };
    }
    const query = new URLSearchParams({ since, limit: MOST_EVENTS });
    const data = good(await echo.get(`/pipelines/${encodeURIComponent(id)}/decisions?${query}`));
    const decisions = objectsIn(data);
    const nothing = `No decision is known for an event or a pipeline ${id}: nothing waited for it, or it is too long ago.\n`;
    return { data, text: shown('at', decisions) || nothing, code: decisions.length > 0 ? 0 : 1 };
  },
};
