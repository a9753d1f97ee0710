import { keepNewest } from '../../platform/bounded/index.js';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { newUlid } from '../../platform/ids/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';

export type Status = 'NOT_STARTED' | 'RUNNING' | 'SUCCEEDED' | 'TERMINAL';

/** An execution as the simulated orca keeps it: the pipeline that was posted, and what became of it. */
export interface SimulatedExecution {
  readonly id: string;
  readonly application: string;
  readonly name: string;
  readonly pipelineConfigId: JsonValue;
  readonly status: Status;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly trigger: JsonValue;
  readonly stages: readonly JsonObject[];
  readonly notifications: JsonValue;
}

const KEPT = 500;

const objects = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];

/** The latest executions of the simulated orca, in memory. */
@Injectable()
export class Executions {
  private readonly known = new Map<string, SimulatedExecution>();

  constructor(private readonly clock: Clock) {}

  /** Takes a posted pipeline; one with the id of a known execution is that execution. */
  add(pipeline: JsonObject, status: Status): SimulatedExecution {
    const id = String(pipeline['executionId'] ?? newUlid(this.clock.now()));
    const known = this.known.get(id);
    if (known) return known;
    return this.put({
      id,
      application: String(pipeline['application']),
      name: String(pipeline['name']),
      pipelineConfigId: pipeline['id'] ?? null,
      status,
      trigger: pipeline['trigger'] ?? null,
      stages: objects(pipeline['stages']),
      notifications: pipeline['notifications'] ?? [],
    });
  }

  update(id: string, change: Partial<SimulatedExecution>): SimulatedExecution | undefined {
    const known = this.known.get(id);
    return known && this.put({ ...known, ...change });
  }

  get(id: string): SimulatedExecution | undefined {
    return this.known.get(id);
  }

  /** Newest first. */
  list(): SimulatedExecution[] {
    return [...this.known.values()].reverse();
  }

  private put(execution: SimulatedExecution): SimulatedExecution {
    this.known.set(execution.id, execution);
    keepNewest(this.known, KEPT);
    return execution;
  }
}
