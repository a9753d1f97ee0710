import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, type Observation } from './compare.js';
import { faults } from './comparing.js';
import { amended } from './differs.js';
import { expectationOf } from './expectation.js';
import { isObject, type Json } from './json.js';
import { isForward } from './normalise.js';
import { loadRecordings, type Answer, type Recording, type SentRequest } from './recording.js';

const ALL = [...loadRecordings(join(import.meta.dirname, 'cases')).values()].flat();
const ALIKE = ALL.filter(({ differs }) => differs === undefined);
const MUTATIONS_A_REQUEST = 40;

/** What a service would do that behaves like the original, but for the ids it makes up and the decisions for all cases. */
function faithful({ steps, responses, sent }: Recording): Observation {
  const given = JSON.stringify(steps);
  const ids = new Map<string, string>();
  const renamed = JSON.stringify(sent.map(discreet)).replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}/g, (id) =>
    renew(id),
  );
  function renew(id: string): string {
    if (given.includes(id)) return id;
    ids.set(id, ids.get(id) ?? randomUUID());
    return ids.get(id) ?? id;
  }
  const answers = responses.map(plain).map((answer) => {
    const { body } = answer;
    if (!isObject(body) || typeof body['eventId'] !== 'string') return answer;
    return { ...answer, body: { ...body, eventId: renew(body['eventId']) } };
  });
  return { answers, sent: JSON.parse(renamed) as SentRequest[] };
}

function discreet({ headers, url, ...request }: SentRequest): SentRequest {
  const kept = Object.entries(headers).filter(([name]) => request.peer !== 'any' || !name.startsWith('x-spinnaker-'));
  return { ...request, url: url.replace(/^(\/teams\/\w+)\1$/, '$1'), headers: Object.fromEntries(kept) };
}

function plain({ status, body }: Answer): Answer {
  if (status < 400) return { status, body };
  const message = isObject(body) && body['message'] !== undefined ? body['message'] : 'no';
  return { status, body: { timestamp: '2026-01-01T00:00:00Z', status, error: 'Error', message } };
}

/** The paths to every text, number and boolean in a value, evenly thinned out. */
function leaves(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, [...path, i]));
  if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
  return value === null ? [] : [path];
}

function changedAt(value: Json, [first, ...rest]: readonly (string | number)[]): Json {
  if (first === undefined)
    return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)}!`;
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? changedAt(item, rest) : item));
  return isObject(value) ? { ...value, [first]: changedAt(value[first] ?? null, rest) } : value;
}

describe('the kept recordings', () => {
  it.each(ALIKE)('take a faithful service for what it is: $name', (recording) => {
    expect(compare(expectationOf(recording, true), faithful(recording))).toEqual([]);
  });

  it.each(ALIKE)('miss each request that is left out: $name', (recording) => {
    const { answers, sent } = faithful(recording);
    const repeated = (request: SentRequest) =>
      sent.filter(({ method, url }) => method === 'GET' && url === request.url).length > 1;

    for (const left of sent.filter((request) => !repeated(request)))
      expect(
        compare(expectationOf(recording, true), { answers, sent: sent.filter((request) => request !== left) }),
      ).not.toEqual([]);
  });

  it.each(ALIKE)('see each value that is changed on its way to orca and the forwards: $name', (recording) => {
    const expectation = expectationOf(recording, true);
    const { answers, sent } = faithful(recording);

    for (const [i, request] of sent.entries()) {
      if (request.peer !== 'orca' && !isForward(request)) continue;
      const paths = leaves(request.body);
      const stride = Math.ceil(paths.length / MUTATIONS_A_REQUEST);
      for (const path of paths.filter((_, n) => n % stride === 0)) {
        const changed = sent.with(i, { ...request, body: changedAt(request.body, path) });
        expect(compare(expectation, { answers, sent: changed }), path.join('.')).not.toEqual([]);
      }
    }
  });

  it.each(ALL.filter(({ differs }) => differs !== undefined))('know what is different in $name', (recording) => {
    const expectation = expectationOf(recording, true);

    expect(amended(expectation, recording)).not.toEqual(expectation);
  });

  it('refuse a difference that nobody wrote down', () => {
    expect(() => faults({ differs: 'decision 99: all is new' })).toThrow('no expectation of ours');
  });
});
