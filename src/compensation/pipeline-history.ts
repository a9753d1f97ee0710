import type { Execution } from '../clients/index.js';

/** When an execution was made; nothing where orca does not say. */
const madeAt = ({ buildTime, startTime }: Execution): number | undefined => buildTime ?? startTime;

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

  /** When executions of a trigger were made, but for those with these ids. */
  of(triggerId: string, except: ReadonlySet<string>): number[] {
    return this.executions
      .filter(({ id, triggerId: of }) => of === triggerId && !except.has(id))
      .flatMap((execution) => madeAt(execution) ?? []);
  }

  /** Whether the trigger, or where none is given anything, started the pipeline before that instant. */
  ranBefore(at: number, triggerId?: string): boolean {
    return this.executions.some(
      (execution) =>
        (triggerId === undefined || execution.triggerId === triggerId) && (madeAt(execution) ?? Infinity) < at,
    );
  }
}
