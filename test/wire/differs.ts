import type { Expectation, ExpectedRequest } from './expectation.js';
import { errorBody } from './expectation.js';
import { isObject, type Json, type JsonObject } from './json.js';
import { Containing, isMembers, RandomId, where, type Pattern } from './pattern.js';
import type { Recording, SentRequest } from './recording.js';
import { givenTexts, Wording } from './wording.js';

/** Turns what the original did into what this service does on purpose. */
type Amendment = (expectation: Expectation, recording: Recording) => Expectation;

/** The expectation with the differences that the recording announces; a difference that nobody wrote down is an error. */
export function amended(expectation: Expectation, recording: Recording): Expectation {
  const { name, differs } = recording;
  if (differs === undefined) return expectation;
  const amendment = BY_CASE[name] ?? BY_RULE.find(([rule]) => rule.test(differs))?.[1];
  if (!amendment) throw new Error(`test/wire/differs.ts has no expectation of ours for ${name}: ${differs}`);
  return amendment(expectation, recording);
}

const BY_CASE: Readonly<Record<string, Amendment>> = {
  'git-bad-regex-does-not-stop-others': startsTheOtherPipeline,
};

const BY_RULE: readonly (readonly [RegExp, Amendment])[] = [
  [/^decision 8\b/, repairsTheAnswer],
  [/^decision 12\b/, reportsTheUnknownPipeline],
  [/^decision 27\b/, wordsItItself],
  [/^decision 28\b/, saysThatNobodySent],
  [/^decision 31\b/, answersJson],
  [/looked up and retried/, startsOnceMore],
];

/** Decision 8: the status that the text names, a message for people; or the success that the original missed. */
function repairsTheAnswer(expectation: Expectation, { differs = '' }: Recording): Expectation {
  const status = Number(/(?<!instead of )\b[2-5]\d\d\b/.exec(differs)?.[0]);
  const body = status < 400 ? repairedSuccess(differs) : errorBody(status);
  const answers = expectation.answers.map((answer) => (answer.status >= 400 ? { status, body } : answer));
  return { ...expectation, answers };
}

function repairedSuccess(differs: string): Pattern {
  if (differs.includes('eventProcessed: false')) return new Containing({ eventProcessed: false });
  return { response: 'Cron expression is valid', description: anyText };
}

/** Decision 6: the git trigger with a branch of its own starts, though its neighbour's pattern is none. */
function startsTheOtherPipeline(expectation: Expectation): Expectation {
  const trigger = {
    ...{ id: 'b59d50bd-7eac-37fd-bbf1-84629f6f88e9', type: 'git', enabled: true, source: 'github' },
    ...{ project: 'proj-gitbr', slug: 'repo', branch: 'main', preferred: false, rebake: false, dryRun: false },
  };
  const body = {
    ...{ application: 'gitbr2', name: 'gitbr2-pipe', id: 'gitbr2-id', executionId: anyText },
    ...{ parallel: false, disabled: false, limitConcurrent: true, maxConcurrentExecutions: 0 },
    ...{ keepWaitingPipelines: false, plan: false, respectQuietPeriod: false, triggers: [trigger] },
    stages: [{ type: 'wait', name: 'w', refId: '1', requisiteStageRefIds: [], waitTime: 5 }],
    ...{ receivedArtifacts: [], expectedArtifacts: [] },
    trigger: { ...trigger, correlationId: anyText, hash: 'abc123', properties: {}, action: 'push', eventId: 'evt-56' },
  };
  return withRequest(expectation, toOrca('/orchestrate', body, { 'x-spinnaker-user': 'anonymous' }));
}

/** Decision 12: orca hears of the start that can't be, with the trigger as it came. */
function reportsTheUnknownPipeline(expectation: Expectation, { steps }: Recording): Expectation {
  const content = members(members(steps[0]?.body)['content']);
  const { application = null, pipelineNameOrId = null, trigger } = content;
  const body = {
    application,
    name: pipelineNameOrId,
    errorMessage: anyText,
    trigger: new Containing(members(trigger)),
  };
  return withRequest(expectation, toOrca('/fail', new Containing(body)));
}

/** Decision 27: the wording is ours; recipients, links, given texts and all that is no wording stay. */
function wordsItItself(expectation: Expectation, recording: Recording): Expectation {
  const given = givenTexts(JSON.parse(JSON.stringify(recording.steps)) as Json);
  const sent = expectation.sent.map((request) => ({ ...request, body: withOurWording(request.body, given) }));
  return { ...expectation, sent };
}

const WORDED = new Set(['title', 'text', 'fallback', 'summary', 'facts', 'subject', 'Body', 'activityTitle']);

function withOurWording(body: Pattern, given: readonly string[]): Pattern {
  if (Array.isArray(body)) return body.map((item) => withOurWording(item, given));
  if (!isMembers(body)) return body;
  const entries = Object.entries(body).map(([name, member]): [string, Pattern] => [
    name,
    WORDED.has(name) ? new Wording(JSON.parse(JSON.stringify(member)) as Json, given) : withOurWording(member, given),
  ]);
  return Object.fromEntries(entries);
}

/** Decision 28: the answer says that no channel took the notification. */
function saysThatNobodySent(expectation: Expectation, { steps }: Recording): Expectation {
  const type = String(members(steps[0]?.body)['notificationType']);
  const body = where(
    `an answer that names ${type}`,
    (actual) => isObject(actual) && JSON.stringify(actual).includes(type),
  );
  return { ...expectation, answers: expectation.answers.map(({ status }) => ({ status, body })) };
}

/** Decision 31: the answer of every other webhook; its id is the one that the start carries, if there is one. */
function answersJson(expectation: Expectation): Expectation {
  const [trigger] = expectation.sent.flatMap(({ body }) =>
    isMembers(body) && isMembers(body['trigger']) ? [body['trigger']] : [],
  );
  const body = { eventProcessed: true, eventId: trigger?.['eventId'] ?? new RandomId('the event') };
  return { ...expectation, answers: expectation.answers.map(({ status }) => ({ status, body })) };
}

/** Decision 1: an answer that is no start is looked up, which doesn't count here, and the start goes out again. */
function startsOnceMore(expectation: Expectation): Expectation {
  return {
    ...expectation,
    sent: [...expectation.sent, ...expectation.sent.filter(({ url }) => url === '/orchestrate')],
  };
}

const anyText = where('a text', (actual) => typeof actual === 'string' && actual !== '');

function toOrca(url: string, body: Pattern, headers: SentRequest['headers'] = {}): ExpectedRequest {
  const identity = { 'x-spinnaker-request-id': new RandomId('the request'), 'x-spinnaker-user-origin': 'api' };
  return { peer: 'orca', method: 'POST', url, headers: { ...identity, ...headers }, body };
}

function withRequest(expectation: Expectation, request: ExpectedRequest): Expectation {
  return { ...expectation, sent: [...expectation.sent, request] };
}

function members(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
