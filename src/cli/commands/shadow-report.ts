import { SystemClock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { objectOf, objectsIn, textOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { good } from './echo-api.js';
import { instant } from './instant.js';
import { table } from './table.js';

const rowOf = (difference: JsonObject): string[] => [
  textOf(difference['at']),
  textOf(difference['only']),
  `${textOf(difference['application'])}: ${textOf(difference['pipelineId'])}`,
  textOf(difference['triggerType']),
  textOf(difference['why']),
];

const HEADINGS = ['at', 'only', 'pipeline', 'trigger', 'why'];

/** `echo shadow-report`: whether an Echo that looks on decides as the one that works. */
export const shadowReport: Command = {
  name: 'shadow-report',
  usage: '--since <time|24h> [--until <time>]',
  summary: 'compares what Echo would have started with what orca ran',
  options: { since: 'an instant, or so long ago: 90m, 24h, 7d', until: 'the same, else now' },
  words: [0, 0],
  async run({ options: { since, until }, api }): Promise<Finding> {
    if (!since) throw new InvalidRequestError('--since is missing: from when on? Write an instant, or 24h.');
    const now = new SystemClock().now();
    const span = new URLSearchParams({ since: instant(since, now), ...(until && { until: instant(until, now) }) });
    const report = good(await (await api()).get(`/shadow-report?${span}`));
    const { both, onlyOurs, onlyTheirs, differences } = objectOf(report);
    const rows = objectsIn(differences).map(rowOf);
    const counts = `Both: ${Number(both)}. Only ours: ${Number(onlyOurs)}. Only theirs: ${Number(onlyTheirs)}.\n`;
    return { data: report, text: counts + table(HEADINGS, rows), code: rows.length > 0 ? 1 : 0 };
  },
};
