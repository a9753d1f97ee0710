import { type JsonValue, isJsonObject } from '../../platform/json/index.js';

/** What Echo wants to know of an execution; times are milliseconds since the epoch. */
export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly pipelineConfigId?: string;
  /** Id of the trigger that started it. */
  readonly triggerId?: string;
  /** Type of that trigger; `pipeline` where another pipeline or stage started it. */
  readonly triggerType?: string;
  /** Id of the event that started it. */
  readonly eventId?: string;
  /** What it was recognised by while it ran. */
  readonly correlationId?: string;
  /** When orca made it. */
  readonly buildTime?: number;
  /** Absent while it waits, and where it failed before it started. */
  readonly startTime?: number;
}

/** What orca knows of an execution id; `unknown` where orca could not be asked. */
export type ExecutionLookUp =
  | { readonly kind: 'found'; readonly status: string; readonly startTime?: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly message: string };

/** Reads an execution; `undefined` for what is none. */
export function readExecution(value: JsonValue): Execution | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, status, pipelineConfigId, trigger, buildTime, startTime } = value;
  const { id: triggerId, type: triggerType, eventId, correlationId } = isJsonObject(trigger) ? trigger : {};
  if (typeof id !== 'string' || typeof status !== 'string') return undefined;
  return {
    id,
    status,
    ...(typeof pipelineConfigId === 'string' && { pipelineConfigId }),
    ...(typeof triggerId === 'string' && { triggerId }),
    ...(typeof triggerType === 'string' && { triggerType }),
    ...(typeof eventId === 'string' && { eventId }),
    ...(typeof correlationId === 'string' && { correlationId }),
    ...(typeof buildTime === 'number' && { buildTime }),
    ...(typeof startTime === 'number' && { startTime }),
  };
}

/** Whether orca kept it as failed before it started: what asked for it was told of an error, and nothing ran. */
export const isUnstarted = ({ status, startTime }: Pick<Execution, 'status' | 'startTime'>): boolean =>
  status === 'TERMINAL' && startTime === undefined;
