import { TimeZones, wallTimeWithOffset } from '../../cron/index.js';
import { isoOf } from '../../platform/query/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { objectsIn, textOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';
import { table } from './table.js';

const HEADINGS = ['at', 'application', 'pipeline', 'expression', 'delayed to', 'held back'];
/** Later than any slot: no cron expression reaches so far. */
const END = '9999-01-01T00:00:00Z';

function rowOf(slot: JsonObject, zones: TimeZones): string[] {
  const zone = zones.find(textOf(slot['timezone']));
  const shown = (time: number): string => (zone ? wallTimeWithOffset(time, zone) : isoOf(time));
  const [at, starts] = [Date.parse(textOf(slot['slot'])), Date.parse(textOf(slot['startsAt']))];
  return [
    shown(at),
    textOf(slot['application']),
    textOf(slot['pipeline']) || textOf(slot['pipelineId']),
    textOf(slot['expression']),
    starts > at ? shown(starts) : '',
    textOf(slot['heldBy']),
  ];
}

/** `echo next`: what the scheduler starts next. */
export const next: Command = {
  name: 'next',
  usage: '[application] [--count <n>]',
  summary: 'what is due next, of all applications or of one, and what delays it or holds it back',
  options: { count: 'how many slots to show, else 20' },
  words: [0, 1],
  async run({ words: [application], options: { count = '20' }, api }): Promise<Finding> {
    const query = new URLSearchParams({ to: END, limit: count, ...(application && { application }) });
    const slots = objectsIn(good(await (await api()).get(`/triggers/cron/upcoming?${query}`)));
    const zones = new TimeZones();
    return {
      data: slots,
      text:
        table(
          HEADINGS,
          slots.map((slot) => rowOf(slot, zones)),
        ) || 'Nothing is due.\n',
    };
  },
};
