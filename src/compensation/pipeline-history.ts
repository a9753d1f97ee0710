import type { Execution } from '../clients/index.js';
import { startedFor } from '../pipelines/index.js';

/** When an execution was made; nothing where orca does not say. */
const madeAt = ({ buildTime, startTime }: Execution): number | undefined => buildTime ?? startTime;

/** All are milliseconds since the epoch. */
export interface TriggerHistory {
  /** The slots that executions of an Echo were started for. */
  readonly slots: readonly number[];
  /** When executions of others were made. */
  readonly foreign: readonly number[];
}

/** The latest executions of one pipeline. */
export class PipelineHistory {
  /**
   * @param executions those that started or wait, in any order
   * @param isWhole whether there are no older ones
   */
  constructor(
    private readonly executions: readonly Execution[],
    private readonly isWhole: boolean,
  ) {}

  /** Whether executions from that instant on cannot be missing from it. */
  reaches(at: number): boolean {
    return this.isWhole || this.executions.some((execution) => (madeAt(execution) ?? Infinity) < at);
  }

  /** The executions of a trigger. */
  of(triggerId: string): TriggerHistory {
    const executions = this.executions.filter((one) => one.triggerId === triggerId);
    return {
      slots: executions.flatMap((one) => startedFor(one) ?? []),
      foreign: executions.filter((one) => startedFor(one) === undefined).flatMap((one) => madeAt(one) ?? []),
    };
  }

  /** Whether the trigger, or where none is given anything, started the pipeline before that instant. */
  ranBefore(at: number, triggerId?: string): boolean {
    return this.executions.some(
      (execution) =>
        (triggerId === undefined || execution.triggerId === triggerId) && (madeAt(execution) ?? Infinity) < at,
    );
  }
}
