import { TimeZones } from '../../cron/index.js';
import { SystemClock } from '../../platform/clock/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { objectOf, textOf } from './answers.js';
import type { Command, Finding } from './command.js';
import { nextTimes, wallTime } from './cron.js';
import { good } from './echo-api.js';
import { actionsIn } from './scheduled-actions.js';
import { table } from './table.js';

interface Due {
  readonly at: number;
  readonly zone: string;
  readonly action: JsonObject;
}

function dueOf(action: JsonObject, zones: TimeZones, now: number): Due[] {
  const id = textOf(action['timezone']);
  const zone = zones.find(id);
  const [at] = zone ? nextTimes(textOf(action['cronExpression']), zone, now, 1) : [];
  return at === undefined ? [] : [{ at, zone: id, action }];
}

const rowOf = ({ at, zone, action }: Due): string[] => [
  wallTime(at, zone),
  textOf(action['application']),
  textOf(action['pipelineId']),
  textOf(action['cronExpression']),
];

/** `echo next`: what the scheduler starts next. */
export const next: Command = {
  name: 'next',
  usage: '[application] [--count <n>]',
  summary: 'which pipelines are due next, of all applications or of one',
  options: { count: 'how many to show, else 20' },
  words: [0, 1],
  async run({ words: [application], options: { count = '20' }, api }): Promise<Finding> {
    const listed = good(await (await api()).get('/scheduledActions'));
    const wanted = actionsIn(objectOf(listed), ['pipeline', 'manuallyCreated']).filter(
      (action) =>
        application === undefined || textOf(action['application']).toLowerCase() === application.toLowerCase(),
    );
    const [zones, now] = [new TimeZones(), new SystemClock().now()];
    const due = wanted.flatMap((action) => dueOf(action, zones, now)).sort((a, b) => a.at - b.at);
    const first = due.slice(0, Number(count));
    return {
      data: first.map(({ at, action }) => ({ at: new Date(at).toISOString(), ...action })),
      text: table(['at', 'application', 'pipeline', 'expression'], first.map(rowOf)) || 'Nothing is due.\n',
    };
  },
};
