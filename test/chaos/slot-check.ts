import type { RecordedExecution } from './recording-orca.js';

/** The slots that were due: of each of these pipelines, every `stepMs` from one instant to another, both included. */
export interface DueSlots {
  readonly pipelineIds: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** A slot of a pipeline; milliseconds since the epoch. */
export interface DueSlot {
  readonly pipelineId: string;
  readonly slot: number;
}

/** What is wrong with what orca has started; nothing where both are empty. */
export interface SlotFaults {
  /** Slots without a start. */
  readonly lost: readonly DueSlot[];
  /** Names of slots that were started more than once, with the execution ids. */
  readonly doubled: readonly string[];
}

/** `pipeline@instant`. */
export const nameOf = ({ pipelineId, slot }: DueSlot): string => `${pipelineId}@${new Date(slot).toISOString()}`;

/** Holds what orca has started against the slots that were due. Starts of other slots are held against doubling only. */
export function checkSlots(executions: readonly RecordedExecution[], due: DueSlots): SlotFaults {
  const ids = new Map<string, string[]>();
  for (const execution of executions) {
    if (!execution.started) continue;
    const name = nameOf(execution);
    ids.set(name, [...(ids.get(name) ?? []), execution.id]);
  }
  const lost: DueSlot[] = [];
  for (let slot = due.from; slot <= due.to; slot += due.stepMs) {
    for (const pipelineId of due.pipelineIds) {
      if (!ids.has(nameOf({ pipelineId, slot }))) lost.push({ pipelineId, slot });
    }
  }
  const doubled = [...ids].filter(([, started]) => started.length > 1);
  return { lost, doubled: doubled.map(([name, started]) => `${name}: ${started.join(', ')}`) };
}
