import type { Expectation, ExpectedRequest } from './expectation.js';
import type { Json } from './json.js';
import { countedRequests, isForward, normalised, withoutNulls } from './normalise.js';
import { diff, noFindings, show, type Findings } from './pattern.js';
import type { Answer, SentRequest } from './recording.js';

/** What the service answered and sent while a case was played. */
export interface Observation {
  readonly answers: readonly Answer[];
  readonly sent: readonly SentRequest[];
}

/** Which actual id stands for a recorded one. */
type Ids = ReadonlyMap<string, string>;

/** How the observation fails the expectation, one line a fault; empty when it doesn't. */
export function compare(expectation: Expectation, observation: Observation): string[] {
  const answers = compareAnswers(expectation, observation);
  const sent = countedRequests(observation.sent)
    .filter((request) => expectation.forwards || !isForward(request))
    .map(normalised);
  const table = expectation.sent.map((expected) => sent.map((actual) => compareRequest(expected, actual)));
  const ids = extended(new Map(), answers.ids);
  if (ids && sent.length === expectation.sent.length && pairs(table, ids)) return answers.faults;
  return [...answers.faults, ...reportRequests(expectation.sent, sent, table)];
}

function compareAnswers({ answers }: Expectation, observation: Observation): Findings {
  const findings = noFindings();
  const length = Math.max(answers.length, observation.answers.length);
  for (let i = 0; i < length; i++) {
    const [expected, actual] = [answers[i], observation.answers[i]];
    diff(expected?.status, actual?.status, `answer ${i + 1} status`, findings);
    diff(expected?.body, actual && withoutNulls(actual.body), `answer ${i + 1}`, findings);
  }
  return findings;
}

function compareRequest(expected: ExpectedRequest, actual: SentRequest): Findings {
  const findings = noFindings();
  diff(expected.peer, actual.peer, 'peer', findings);
  diff(expected.method, actual.method, 'method', findings);
  diff(expected.url, actual.url, 'url', findings);
  diff({ ...expected.headers }, { ...actual.headers }, 'headers', findings);
  diff(expected.body, actual.body, 'body', findings);
  return findings;
}

/** Whether each expected request (a row) finds an actual one of its own (a column), all with the same ids. */
function pairs(table: Findings[][], ids: Ids, row = 0, taken: ReadonlySet<number> = new Set()): boolean {
  const candidates = table[row];
  if (!candidates) return true;
  return candidates.some(({ faults, ids: bound }, column) => {
    if (faults.length > 0 || taken.has(column)) return false;
    const together = extended(ids, bound);
    return together !== undefined && pairs(table, together, row + 1, new Set([...taken, column]));
  });
}

/** The ids with more of them, or nothing where one recorded id would stand for two actual ones. */
function extended(ids: Ids, more: Findings['ids']): Ids | undefined {
  const all = new Map(ids);
  for (const [recorded, actual] of more) {
    if ((all.get(recorded) ?? actual) !== actual) return undefined;
    all.set(recorded, actual);
  }
  return all;
}

function reportRequests(
  expected: readonly ExpectedRequest[],
  sent: readonly SentRequest[],
  table: Findings[][],
): string[] {
  const left = new Set(sent.keys());
  const missing: number[] = [];
  for (const row of expected.keys()) {
    const match = [...left].find((column) => table[row]?.[column]?.faults.length === 0);
    if (match === undefined) missing.push(row);
    else left.delete(match);
  }
  const missed = missing.flatMap((row) => reportMissing(expected[row], nearest(table[row] ?? [], left)));
  const surplus = [...left].map((column) => `sent, but not recorded: ${describe(sent[column])}`);
  const report = [...missed, ...surplus];
  return report.length > 0 ? report : ['the random ids are not the same ones everywhere'];
}

/** The faults of the most similar request that is left, which is taken away. */
function nearest(row: readonly Findings[], left: Set<number>): string[] | undefined {
  const [best] = [...left]
    .filter((column) => !row[column]?.faults.some((fault) => fault.startsWith('peer:') || fault.startsWith('method:')))
    .sort((a, b) => (row[a]?.faults.length ?? 0) - (row[b]?.faults.length ?? 0));
  if (best === undefined) return undefined;
  left.delete(best);
  return row[best]?.faults;
}

function reportMissing(expected: ExpectedRequest | undefined, faults: readonly string[] | undefined): string[] {
  if (!expected) return [];
  const name = `${expected.peer} ${expected.method} ${expected.url}`;
  return faults ? faults.map((fault) => `${name}: ${fault}`) : [`not sent: ${name} ${show(expected.body)}`];
}

function describe(request: SentRequest | undefined): string {
  return request ? `${request.peer} ${request.method} ${request.url} ${show(request.body as Json)}` : '';
}
