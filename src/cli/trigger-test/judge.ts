import { type JsonObject, type JsonValue, stringifyJson } from '../../platform/json/index.js';
import type { DryRunOutcome } from '../../pipeline-triggers/index.js';
import { type Difference, differences } from './difference.js';
import type { ExpectedRejection, ExpectedStart, TriggerTest } from './test-file.js';

type Decision = DryRunOutcome['decisions'][number];
type Start = Decision & { readonly kind: 'matched' };

/** Why a test fails, each a few lines. */
export type Complaint = readonly string[];

type Named = Pick<ExpectedStart, 'pipeline' | 'application'>;

const titleOf = ({ application, pipelineName }: Pick<Decision, 'application' | 'pipelineName'>): string =>
  `${application} / ${pipelineName}`;

const named = ({ pipeline, application }: Named): string => (application ? `${application} / ${pipeline}` : pipeline);

const isOf =
  ({ pipeline, application }: Named) =>
  (decision: Decision): boolean =>
    (decision.pipelineName === pipeline || decision.pipelineId === pipeline) &&
    (application === undefined || decision.application === application);

const isStart = (decision: Decision): decision is Start =>
  decision.kind === 'matched' && decision.start.kind !== 'duplicate';

/** What orca would be sent, as a test can write it down: with JavaScript's numbers. */
const bodyOf = ({ start }: Start): JsonValue | undefined =>
  start.kind === 'duplicate' ? undefined : (JSON.parse(stringifyJson(start.body)) as JsonValue);

const reasonOf = (decision: Decision): string =>
  decision.kind === 'rejected'
    ? `its ${decision.triggerType ?? ''} trigger fails at ${decision.rule}: expected ${decision.expected}, got ${decision.got}`
    : `its ${decision.triggerType ?? ''} trigger matches`;

function differencesOf({ trigger, body }: ExpectedStart, start: Start): Difference[] {
  const actual = bodyOf(start);
  const wanted: JsonObject = { ...(body as JsonObject | undefined) };
  return [...differences(wanted, actual), ...(trigger ? differences({ trigger: trigger as JsonObject }, actual) : [])];
}

const shown = (value: JsonValue | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function complaintOf(start: Start, found: readonly Difference[]): Complaint {
  return [
    `${titleOf(start)} would start otherwise:`,
    ...found.flatMap(({ place, expected, actual }) => [
      `  ${place}`,
      `    - ${shown(expected)}`,
      `    + ${shown(actual)}`,
    ]),
  ];
}

function missing(expected: Named, outcome: DryRunOutcome): Complaint {
  const reasons = outcome.decisions.filter(isOf(expected)).map((decision) => `  ${reasonOf(decision)}`);
  const unusable = outcome.unusable.map(({ handler, reason }) => `  ${handler} cannot use the event: ${reason}`);
  const why = [...reasons, ...unusable];
  return [`${named(expected)} would not start:`, ...(why.length > 0 ? why : ['  none of its triggers waits for this'])];
}

/** Pairs each expected start with the one that differs least from it; what is left over was not expected. */
function judgeStarts(expected: readonly ExpectedStart[], outcome: DryRunOutcome): Complaint[] {
  const left = outcome.decisions.filter(isStart);
  const complaints: Complaint[] = [];
  for (const one of expected) {
    const [best] = left
      .filter(isOf(one))
      .map((start) => ({ start, found: differencesOf(one, start) }))
      .sort((a, b) => a.found.length - b.found.length);
    if (!best) complaints.push(missing(one, outcome));
    else left.splice(left.indexOf(best.start), 1);
    if (best && best.found.length > 0) complaints.push(complaintOf(best.start, best.found));
  }
  return [...complaints, ...left.map((start) => [`${titleOf(start)} would start, which is not expected`])];
}

function judgeRejection(expected: ExpectedRejection, outcome: DryRunOutcome): Complaint[] {
  const decisions = outcome.decisions.filter(isOf(expected));
  if (decisions.some(isStart)) return [[`${named(expected)} would start, which it must not`]];
  if (expected.rule === undefined) return [];
  const isAsExpected = (decision: Decision): boolean => decision.kind === 'rejected' && decision.rule === expected.rule;
  if (decisions.some(isAsExpected)) return [];
  const reasons = decisions.map((decision) => `  ${reasonOf(decision)}`);
  return [
    [
      `${named(expected)} is not rejected by ${expected.rule}:`,
      ...(reasons.length > 0 ? reasons : ['  none of its triggers waits for this']),
    ],
  ];
}

/** What is wrong with what an event would come to; nothing when the test passes. */
export function judge({ starts, rejects = [] }: TriggerTest, outcome: DryRunOutcome): Complaint[] {
  return [
    ...(starts ? judgeStarts(starts, outcome) : []),
    ...rejects.flatMap((rejection) => judgeRejection(rejection, outcome)),
  ];
}
