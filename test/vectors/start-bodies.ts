import { readFileSync } from 'node:fs';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';

export type Body = Record<string, unknown>;

/** A request to orca. */
export interface Call {
  readonly path: string;
  readonly body: Body;
}

/** What the original's handler made of one pipeline and one event. */
export interface StartCase {
  readonly name: string;
  readonly pipeline: object;
  readonly event: object;
  /** None where the original's handler found nothing to start, or threw. */
  readonly calls: readonly Call[];
  /** Whether igor was there to be asked. */
  readonly igor: boolean;
}

interface RecordedCall {
  readonly path: string;
  readonly body: string;
}

interface Recorded {
  readonly igorStub: { readonly build: object; readonly properties: object; readonly propertyFileArtifacts: object };
  readonly cases: readonly (Omit<StartCase, 'calls'> & { readonly calls: readonly RecordedCall[] })[];
  readonly extra: readonly (RecordedCall & { readonly name: string })[];
}

const recorded = JSON.parse(readFileSync(new URL('start-bodies.json', import.meta.url), 'utf8')) as Recorded;
const callOf = ({ path, body }: RecordedCall): Call => ({ path, body: JSON.parse(body) as Body });

export const CASES: readonly StartCase[] = recorded.cases.map((one) => ({ ...one, calls: one.calls.map(callOf) }));

/** A recorded request to orca that belongs to no handler. */
export function extraCall(name: string): Call {
  const found = recorded.extra.find((one) => one.name === name);
  if (!found) throw new Error(`start-bodies.json has no extra case '${name}'`);
  return callOf(found);
}

/** The peers, with front50 storing these pipelines and igor answering as it did when the bodies were recorded. */
export async function peersWith(pipelines: object[]): Promise<FakeSpinnaker> {
  const spinnaker = await startFakeSpinnaker(pipelines);
  const { build, properties, propertyFileArtifacts } = recorded.igorStub;
  spinnaker.igor.answering(({ url }) => {
    const [, first = '', second = '', third = '', fourth = ''] = new URL(url, 'http://igor').pathname.split('/');
    if (first === 'builds') return json({ status: build, properties, artifacts: propertyFileArtifacts }[second]);
    const artifact = { type: 'deb', name: third, version: fourth, location: second };
    return json({ ...artifact, reference: `https://${second}/${third}` });
  });
  return spinnaker;
}

/** What was posted to orca so far. */
export const callsTo = ({ orca }: FakeSpinnaker): Call[] =>
  orca.requests
    .filter(({ method }) => method === 'POST')
    .map(({ url, body }) => ({ path: url, body: JSON.parse(body) as Body }));

/** The ids that Echo chooses where nobody chose any (decisions.md 1). */
function withoutOwnIds(body: Body, recordedBody: Body): Body {
  const trigger = body['trigger'] as Body | undefined;
  const recordedTrigger = (recordedBody['trigger'] ?? {}) as Body;
  const bare = { ...body, ...(trigger && { trigger: { ...trigger } }) };
  if (!('executionId' in recordedBody)) delete (bare as Body)['executionId'];
  if (!('correlationId' in recordedTrigger)) delete (bare.trigger as Body | undefined)?.['correlationId'];
  return bare;
}

/** A call as far as it has to be the original's: secrets stay here (decisions.md 29), messages are ours. */
function comparable(call: Call): Call {
  const body = JSON.parse(
    JSON.stringify(call.body, (key, value: unknown) => (key === 'secret' ? undefined : value)),
  ) as Body;
  if (typeof body['errorMessage'] === 'string' && body['errorMessage'] !== '') body['errorMessage'] = 'a message';
  return { path: call.path, body };
}

/** Both sides, reduced to what has to be equal. */
export function compared(actual: readonly Call[], expected: readonly Call[]): { actual: Call[]; expected: Call[] } {
  const own = actual.map((call, i) => ({ ...call, body: withoutOwnIds(call.body, expected[i]?.body ?? {}) }));
  return { actual: own.map(comparable), expected: expected.map(comparable) };
}
