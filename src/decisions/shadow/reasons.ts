import type { Execution } from '../../clients/index.js';
import type { Pipeline } from '../../pipelines/index.js';
import type { SlotRecord } from '../../slots/index.js';
import type { PipelineDecision } from '../decision-log.js';
import { madeAt } from './pairs.js';

/** What Echo knows of a pipeline in the time that is looked at. */
export interface Known {
  /** `undefined` where it is not among those that are loaded. */
  readonly pipeline: Pipeline | undefined;
  readonly decisions: readonly PipelineDecision[];
  /** Older decisions are not among them; milliseconds since the epoch, absent where none is missing. */
  readonly decidedSince?: number;
  readonly slots: readonly SlotRecord[];
}

function ofDecision(decision: PipelineDecision): string {
  if (decision.kind === 'rejected') return `${decision.rule}: expected ${decision.expected}, got ${decision.got}`;
  if (decision.start.kind === 'duplicate') return 'the same event started the pipeline already';
  return 'its event started the pipeline by another trigger';
}

function ofSlot(execution: Execution, slots: readonly SlotRecord[]): string {
  const before = slots.filter((slot) => slot.triggerId === execution.triggerId && slot.slot <= madeAt(execution));
  const outcome = before.at(-1)?.outcome;
  if (outcome === 'misfired') return 'its slot was reached too late';
  if (outcome === 'no-pipeline') return 'the pipeline was not loaded when its slot was reached';
  return 'no slot of the trigger was reached then';
}

/** Why an execution that another Echo started has no start of ours. */
export function reasonOf(execution: Execution, { pipeline, decisions, decidedSince = 0, slots }: Known): string {
  if (!pipeline) return 'the pipeline is not loaded';
  const ofEvent = decisions.filter(({ eventId }) => eventId !== null && eventId === execution.eventId);
  const decision = ofEvent.find(({ triggerId }) => triggerId === execution.triggerId) ?? ofEvent[0];
  if (decision) return ofDecision(decision);
  const { triggerId } = execution;
  if (triggerId !== undefined && !pipeline.triggers?.some(({ id }) => id === triggerId)) {
    return 'the pipeline has no such trigger now';
  }
  if (execution.triggerType === 'cron') return ofSlot(execution, slots);
  if (madeAt(execution) < decidedSince) return 'it is older than the latest decisions, and only those were looked at';
  return 'no event came in that its triggers wait for';
}
