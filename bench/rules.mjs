import v8 from 'node:v8';
import vm from 'node:vm';
import { figure } from './lib/report.mjs';
import { rules } from './lib/rules.mjs';
import { TRIGGER_KINDS } from './lib/trigger-kinds.mjs';

const TRIGGERS = 100_000;
const PER_PIPELINE = 2;
const EVENTS = 200_000;
const REGEX_TRIGGERS = 10_000;
const MEGABYTE = 1024 * 1024;

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

function heap() {
  collectGarbage();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

const kindOf = (i) => TRIGGER_KINDS[i % TRIGGER_KINDS.length];

/** `count` triggers, type after type in turn, on half as many pipelines. */
const pipelines = (count, triggerOf) =>
  Array.from({ length: count / PER_PIPELINE }, (_, p) => ({
    application: `app-${p % 100}`,
    name: `pipeline ${p}`,
    id: `p-${p}`,
    triggers: Array.from({ length: PER_PIPELINE }, (_, t) => ({ enabled: true, ...triggerOf(p * PER_PIPELINE + t) })),
    stages: [{ type: 'wait', refId: '1', requisiteStageRefIds: [], waitTime: 1 }],
  }));

async function eventsPerSecond(decide, eventOf) {
  for (let i = 0; i < EVENTS / 10; i++) await decide(eventOf(i));
  const began = performance.now();
  for (let i = 0; i < EVENTS; i++) await decide(eventOf(i));
  return EVENTS / ((performance.now() - began) / 1000);
}

const eventOf = (i) => ({ ...kindOf(i).event(i), eventId: `E${i}` });

async function manyTriggers() {
  const { load, decide, matches } = await rules();
  const before = heap();
  load(pipelines(TRIGGERS, (i) => kindOf(i).trigger(i)));
  const used = heap() - before;
  const hitting = await eventsPerSecond(decide, (i) => eventOf(i % TRIGGERS));
  const found = matches();
  const missing = await eventsPerSecond(decide, (i) => eventOf(TRIGGERS + i));
  return [
    figure('100,000 triggers of 14 types, each event matches one', hitting, 'events/s', 20_000, 'more'),
    figure('  events that matched none', Math.round(EVENTS * 1.1) - found, '', 0, 'less'),
    figure('  no event matches', missing, 'events/s', 20_000, 'more'),
    figure('  heap of these pipelines with their index', used, 'MB', 200, 'less'),
  ];
}

const webhook = (payload) => ({
  details: { type: 'webhook', source: 'one', created: '0', requestHeaders: {} },
  content: {},
  payload,
  eventId: 'E',
});

async function millisPerEvent(decide, event, rounds) {
  await decide(event);
  const began = performance.now();
  for (let i = 0; i < rounds; i++) await decide(event);
  return (performance.now() - began) / rounds;
}

/** All triggers wait for one source, each with a pattern of its own: every event is held against all of them. */
async function oneSource() {
  const { load, decide } = await rules();
  const pattern = (i) => `^(feature|release)/team-${i}[a-z]*(-v\\d+)?$`;
  load(pipelines(REGEX_TRIGGERS, (i) => ({ type: 'webhook', source: 'one', payloadConstraints: { ref: pattern(i) } })));
  const millis = await millisPerEvent(decide, webhook({ ref: 'release/team-77abc-v12' }), 20);
  return [figure('10,000 triggers with patterns on one source', millis, 'ms/event')];
}

const HOSTILE = [
  ['that is exponential elsewhere: (a+)+$', '(a+)+$'],
  ['with many states: (.*a){20}b', '(.*a){20}b'],
  ['that looks ahead, cut off: (?=(a+)+$)b', '(?=(a+)+$)b'],
];

async function hostilePatterns() {
  const figures = [];
  for (const [what, pattern] of HOSTILE) {
    const { load, decide } = await rules();
    load(pipelines(2, () => ({ type: 'webhook', source: 'one', payloadConstraints: { text: pattern } })).slice(0, 1));
    const millis = await millisPerEvent(decide, webhook({ text: `${'a'.repeat(10_000)}!` }), 5);
    figures.push(figure(`a pattern ${what}`, millis, 'ms/event'));
  }
  return figures;
}

/** What the rules cost without I/O, from the event to the decisions. */
export async function ruleBook() {
  return [...(await manyTriggers()), ...(await oneSource()), ...(await hostilePatterns())];
}
