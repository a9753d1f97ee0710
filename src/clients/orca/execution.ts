import { type JsonValue, isJsonObject } from '../../platform/json/index.js';

/** What Echo wants to know of an execution; times are milliseconds since the epoch. */
export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly pipelineConfigId?: string;
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
  const { id, status, pipelineConfigId, startTime } = value;
  if (typeof id !== 'string' || typeof status !== 'string') return undefined;
  return {
    id,
    status,
    ...(typeof pipelineConfigId === 'string' && { pipelineConfigId }),
    ...(typeof startTime === 'number' && { startTime }),
  };
}
