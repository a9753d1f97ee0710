import { isObject, textsIn, type Json, type JsonObject } from './json.js';
import { countedRequests, isForward, mapMembers, normalised, withoutNulls } from './normalise.js';
import { isMembers, isRandomId, RandomId, where, type Matcher, type Pattern } from './pattern.js';
import type { Answer, PeerName, Recording, SentRequest } from './recording.js';
import { givenTexts, Wording } from './wording.js';

export interface ExpectedAnswer {
  readonly status: number;
  readonly body: Pattern;
}

export interface ExpectedRequest {
  readonly peer: PeerName;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, Pattern>>;
  readonly body: Pattern;
}

/** What this service has to answer and to send for a case. */
export interface Expectation {
  readonly answers: readonly ExpectedAnswer[];
  readonly sent: readonly ExpectedRequest[];
  /** Whether our forwards to REST endpoints are compared as well. */
  readonly forwards: boolean;
}

/** The recording with everything taken out that doesn't count; `forwardsCount` says whether the forwarder exists. */
export function expectationOf(recording: Recording, forwardsCount: boolean): Expectation {
  const given = new Given(recording);
  const forwards = forwardsCount && recording.sent.some(isForward);
  const sent = countedRequests(recording.sent).filter((request) => forwards || !isForward(request));
  return {
    answers: recording.responses.map((answer) => expectedAnswer(answer, given)),
    sent: sent.map((request) => expectedRequest(request, given)),
    forwards,
  };
}

/** Some text that is there and says nothing of classes or stack traces. */
export const plainMessage: Matcher = where(
  'a message for people',
  (actual) =>
    typeof actual === 'string' && actual.trim() !== '' && !/\bjava\.|\bcom\.|Exception\b|\n\s*at /.test(actual),
);

const someText = where('a text', (actual) => typeof actual === 'string' && actual !== '');

/** The body of every error (decision 8); the original's message counts literally where it has one. */
export function errorBody(status: number, message: Pattern = plainMessage): Pattern {
  return { timestamp: where('a time', isTime), status, error: someText, message };
}

/** What the case itself brought in: such a value is never random, never a time of the recorder. */
class Given {
  readonly texts: readonly string[];
  private readonly source: string;

  constructor({ pipelines = [], steps }: Recording) {
    this.source = JSON.stringify([pipelines, steps]);
    this.texts = givenTexts(JSON.parse(this.source) as Json);
  }

  has(value: string | number): boolean {
    return this.source.includes(String(value));
  }

  /** The paths of the addresses at the peer `any` that the case names. */
  paths(): string[] {
    return textsIn(JSON.parse(this.source) as Json).flatMap(
      (text) => /^http:\/\/127\.0\.0\.1:18090(\/.*)$/.exec(text)?.[1] ?? [],
    );
  }
}

function expectedAnswer({ status, body }: Answer, given: Given): ExpectedAnswer {
  if (status < 400) return { status, body: patternOf(withoutNulls(body), given) };
  const message = isObject(body) && typeof body['message'] === 'string' ? body['message'] : undefined;
  return { status, body: errorBody(status, message) };
}

function expectedRequest(recorded: SentRequest, given: Given): ExpectedRequest {
  const request = normalised(recorded);
  const { method, body } = request;
  const headers = mapMembers(withoutForeignIdentity(request), (value) => patternOf(value, given));
  const url = exactUrl(request, given);
  if (method === 'MAIL' && isObject(body)) return { ...request, headers, url, body: mailPattern(body, given) };
  return { ...request, headers, url, body: withOptionalIds(request, patternOf(withoutSecrets(request), given)) };
}

/** Who calls is told to Spinnaker's services only (decision 21). */
function withoutForeignIdentity({ peer, headers }: SentRequest): Record<string, string> {
  const foreign = peer === 'any';
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !(foreign && name.startsWith('x-spinnaker-'))));
}

/** The original puts Teams' path twice; we post to the exact address (decision 24). */
function exactUrl({ peer, url }: SentRequest, given: Given): string {
  if (peer !== 'any') return url;
  return given.paths().find((path) => url === path + path) ?? url;
}

/** A trigger's secret stays here (decision 29). */
function withoutSecrets({ peer, body }: SentRequest): Json {
  if (peer !== 'orca' || !isObject(body)) return body;
  return mapMembers(body, (member, name) => {
    if (name === 'trigger') return withoutSecret(member);
    return name === 'triggers' && Array.isArray(member) ? member.map(withoutSecret) : member;
  });
}

function withoutSecret(trigger: Json): Json {
  if (!isObject(trigger)) return trigger;
  return Object.fromEntries(Object.entries(trigger).filter(([name]) => name !== 'secret'));
}

const ourId = where(
  'an id or nothing',
  (actual) => actual === undefined || (typeof actual === 'string' && actual !== ''),
);

/** Every start of ours has an execution and a correlation id (decision 1); the original's only if the caller gave them. */
function withOptionalIds({ peer, url }: SentRequest, body: Pattern): Pattern {
  if (peer !== 'orca' || url !== '/orchestrate' || !isMembers(body)) return body;
  const { trigger } = body;
  const ours = isMembers(trigger) ? { trigger: { correlationId: ourId, ...trigger } } : {};
  return { executionId: ourId, ...body, ...ours };
}

/** Of a mail's body only the links and the sender's text count (decision 27). */
function mailPattern({ content, ...rest }: JsonObject, given: Given): Pattern {
  return { ...rest, content: new Wording(content ?? [], given.texts) };
}

const TIMES = new Set(['ts', 'created', 'timestamp', 'time']);
const TIME_TEXT = /^(?:\d{10,13}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))$/;

function isTime(value: Json | undefined): value is string | number {
  return typeof value === 'string' ? TIME_TEXT.test(value) : typeof value === 'number' && value > 1e9;
}

/** Random ids and times of the recorder become patterns; what the case brought in stays literal. */
function patternOf(value: Json, given: Given, name = ''): Pattern {
  if (name === 'requestHeaders' && isObject(value)) return headersPattern(value, given);
  if (TIMES.has(name) && isTime(value) && !given.has(value)) return timeLike(value);
  if (isRandomId(value) && !given.has(value)) return new RandomId(value);
  if (Array.isArray(value)) return value.map((item) => patternOf(item, given));
  return isObject(value) ? mapMembers(value, (member, inner) => patternOf(member, given, inner)) : value;
}

/** Another time, written in the same type: text or number. */
function timeLike(recorded: string | number): Matcher {
  return where('a time', (actual) => typeof actual === typeof recorded && isTime(actual));
}

/** Headers that prove who the caller is are never forwarded (decision 29). */
const PRIVATE_HEADERS =
  /^(?:authorization|proxy-authorization|cookie|x-hub-signature|x-hub-signature-256|x-gitlab-token|webhook-signature)$/;

const ownAddress = where('the address of the service', (actual) => /^127\.0\.0\.1:\d+$/.test(String(actual)));

function headersPattern(headers: JsonObject, given: Given): Pattern {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.test(name)));
  return mapMembers(kept, (values, name) => (name === 'host' ? [ownAddress] : patternOf(values, given)));
}
