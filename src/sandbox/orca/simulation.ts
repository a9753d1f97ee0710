import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { JsonHttp } from '../../platform/http/index.js';
import { type JsonObject, type JsonValue, stringifyJson } from '../../platform/json/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { sandboxConfig } from '../sandbox.config.js';
import { Executions, type SimulatedExecution, type Status } from './executions.js';

/** "Runs" executions stage by stage and sends Echo the events that orca would send (newer.md §13.2). */
@Injectable()
export class Simulation {
  private readonly log = new Logger('Sandbox');

  constructor(
    private readonly executions: Executions,
    private readonly http: JsonHttp,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Takes an execution through all its stages. Never rejects: a lost event is logged, as in orca. */
  async run({ id, stages }: SimulatedExecution): Promise<void> {
    await this.mark(id, 'pipeline', 'starting', { status: 'RUNNING', startTime: this.clock.now() });
    for (const stage of stages) {
      await this.send(id, 'stage', 'starting', stage);
      await this.clock.sleep(this.settings.get(sandboxConfig.stageMs));
      await this.send(id, 'stage', 'complete', stage);
    }
    await this.mark(id, 'pipeline', 'complete', { status: 'SUCCEEDED', endTime: this.clock.now() });
  }

  private async mark(
    id: string,
    kind: string,
    phase: string,
    change: { status: Status; startTime?: number; endTime?: number },
  ): Promise<void> {
    this.executions.update(id, change);
    await this.send(id, kind, phase);
  }

  private async send(id: string, kind: string, phase: string, stage?: JsonObject): Promise<void> {
    const execution = this.executions.get(id);
    if (!execution) return;
    const event = {
      details: { source: 'orca', type: `orca:${kind}:${phase}`, application: execution.application },
      content: { execution: execution as unknown as JsonValue, executionId: id, ...(stage && contentOf(stage)) },
    };
    try {
      const body = stringifyJson(event as unknown as JsonValue);
      await this.http.post(this.settings.get(sandboxConfig.echoUrl), { body, identity: NOBODY });
    } catch (error) {
      this.log.warn(`The simulated orca could not send orca:${kind}:${phase}: ${messageOf(error)}`);
    }
  }
}

const contentOf = (stage: JsonObject): JsonObject => ({
  standalone: false,
  canceled: false,
  isSynthetic: false,
  name: stage['name'] ?? stage['type'] ?? '',
  context: stage,
});
