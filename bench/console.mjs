import { setTimeout as pause } from 'node:timers/promises';
import { startDatabase } from './lib/database.mjs';
import { figure } from './lib/report.mjs';
import { startPeer, startService } from './lib/service.mjs';

const TRIGGERS = 100_000;
const EVENTS = 1_000_000;
const LOADS = 5;
const TARGET_MS = 200;
const DAY_SECONDS = 86_400;

/** Most triggers are due once a day, each at a second of its own; every tenth is due each minute. */
function expressionOf(i) {
  if (i % 10 === 0) return `${i % 60} * * * * ?`;
  const second = i % DAY_SECONDS;
  return `${second % 60} ${Math.floor(second / 60) % 60} ${Math.floor(second / 3600)} ? * *`;
}

const pipelines = () =>
  JSON.stringify(
    Array.from({ length: TRIGGERS }, (_, i) => ({
      application: `app-${i % 100}`,
      name: `pipeline ${i}`,
      id: `p-${i}`,
      triggers: [{ enabled: true, type: 'cron', id: `t-${i}`, cronExpression: expressionOf(i) }],
    })),
  );

/** Ids as Echo makes them: ten digits of time, then what is their own. */
const ID = `'01KB70NNQ0' || lpad(n::text, 16, '0')`;
const ROWS = `generate_series(1, ${EVENTS}) AS n`;
const DECIDED = `json_build_object('inboxId', ${ID}, 'eventId', 'e-' || n, 'eventType', 'docker', 'omitted', 0, 'unusable',
  '[]'::json, 'decisions', json_build_array(json_build_object('handler', 'docker', 'application', 'app-' || n % 100,
  'pipelineName', 'pipeline ' || n % ${TRIGGERS}, 'pipelineId', 'p-' || n % ${TRIGGERS}, 'triggerId', 't', 'triggerType',
  'docker', 'kind', 'rejected', 'rule', 'tag', 'expected', 'v1', 'got', 'v2')))`;
const KIND = `(ARRAY['start', 'notification', 'forward'])[1 + n % 3]`;
const PAYLOAD = `json_build_object('pipeline', json_build_object('application', 'app', 'name', 'p'), 'channel', 'slack')`;

const HISTORY = [
  `INSERT INTO events (inbox_id, received_at, event, identity, event_id, type, source, application, bytes)
   SELECT ${ID}, n, '{"details":{"type":"docker","source":"igor"},"content":{"tag":"v2"}}', '{"headers":{}}', 'e-' || n,
          'docker', 'igor', 'app-' || n % 100, 80 FROM ${ROWS}`,
  `INSERT INTO decisions (inbox_id, at, event_id, decided, pipelines)
   SELECT ${ID}, n, 'e-' || n, ${DECIDED}, ARRAY['p-' || n % ${TRIGGERS}] FROM ${ROWS}`,
  `INSERT INTO decisions_of_pipelines SELECT 'p-' || n % ${TRIGGERS}, ${ID} FROM ${ROWS}`,
  `INSERT INTO effects (id, kind, key, payload, bytes, lane, identity, cause, state, attempts, created_at, finished_at)
   SELECT ${ID}, ${KIND}, 'k-' || n, ${PAYLOAD}, 80, 'lane', '{"headers":{}}', jsonb_build_object('inboxId', ${ID}),
          CASE WHEN n % 1000 = 0 THEN 'dead' ELSE 'done' END, 1, n, n + 5 FROM ${ROWS}`,
  `INSERT INTO slots SELECT 't-' || n % ${TRIGGERS}, n * 1000, 't', 'app', 'p', 'fired', n * 1000, 'k-' || n FROM ${ROWS}`,
  'VACUUM ANALYZE',
];

const PAGES = {
  'what fires next, health': '/console',
  events: '/console/events',
  'events of an application': '/console/events?application=app-7',
  'an event': `/console/events/e-${EVENTS / 2}`,
  decisions: '/console/decisions',
  'decisions about an application': '/console/decisions?id=app-7',
  'cron triggers': '/console/triggers',
  'cron triggers of an application': '/console/triggers?id=app-7',
  starts: '/console/starts',
  'starts that failed': '/console/starts?state=dead',
  effects: '/console/effects',
  notifications: '/console/notifications',
  'a cron expression': '/console/cron?expression=0+0+9+%3F+*+MON-FRI',
  'the same slots as JSON': '/triggers/cron/upcoming',
};

async function loadMs(url) {
  const began = performance.now();
  const answer = await fetch(url);
  await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - began;
}

async function slowest(url) {
  const loads = [];
  for (let i = 0; i < LOADS; i++) loads.push(await loadMs(url));
  return Math.max(...loads);
}

/** How long each page of the console takes, the slowest of some loads, with 100,000 triggers and a million of everything else. */
export async function consolePages() {
  const database = await startDatabase();
  const text = pipelines();
  const front50 = await startPeer(() => text);
  const orca = await startPeer(() => '{"ref":"/pipelines/x"}');
  const service = await startService({
    NEST_PROFILE: 'echo-scheduler',
    FRONT50_BASEURL: front50.url,
    ORCA_BASEURL: orca.url,
    ORCA_ENABLED: 'false',
    ...database.env,
  });
  for (const statement of HISTORY) await database.query(statement);
  const [, path] = /href="(\/console\/triggers\/[^"]+)"/.exec(await (await fetch(`${service.url}/console`)).text());
  // Nobody looks for a while: what was looked up for the first view is over.
  await pause(65_000);
  const figures = [];
  for (const [what, page] of Object.entries({ ...PAGES, 'a cron trigger': path })) {
    figures.push(figure(`console: ${what}`, await slowest(service.url + page), 'ms', TARGET_MS, 'less'));
  }
  await service.stop();
  await Promise.all([front50.close(), orca.close()]);
  await database.stop();
  return figures;
}
