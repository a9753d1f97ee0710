import { compare } from './compare.js';
import { amended } from './differs.js';
import { expectationOf } from './expectation.js';
import type { Json } from './json.js';
import type { Answer, Recording, SentRequest } from './recording.js';

/** Two version 4 UUIDs and a ULID. */
export const ID_1 = '5d3f3c5e-0f0e-4f0b-9a0e-6f1a2b3c4d5e';
export const ID_2 = '0c1d2e3f-1111-4222-8333-944455566677';
export const ID_3 = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

export const OK: Answer = { status: 200, body: '' };

/** A start at orca, with changes. */
export function request(changes: Partial<SentRequest> = {}): SentRequest {
  return { peer: 'orca', method: 'POST', url: '/orchestrate', headers: {}, body: { application: 'app' }, ...changes };
}

interface Compared extends Partial<Recording> {
  readonly recorded?: readonly SentRequest[];
  readonly actual?: readonly SentRequest[];
  readonly answers?: readonly Answer[];
  readonly forwardsCount?: boolean;
}

/** Compares the requests of a recording with ours; the answers are fine unless given. */
export function faults({
  recorded = [],
  actual = [],
  answers = [OK],
  forwardsCount = true,
  ...rest
}: Compared): string[] {
  const recording = { name: 'case', steps: [{ path: '/' }], responses: [OK], ...rest, sent: recorded };
  return compare(amended(expectationOf(recording, forwardsCount), recording), { answers, sent: actual });
}

/** Compares one body of a start with ours. */
export function startFaults(recorded: Json, actual: Json, rest: Partial<Recording> = {}): string[] {
  return faults({ recorded: [request({ body: recorded })], actual: [request({ body: actual })], ...rest });
}
