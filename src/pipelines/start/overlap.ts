import { Injectable, Logger } from '@nestjs/common';
import { type Execution, OrcaClient } from '../../clients/index.js';
import type { Effect } from '../../outbox/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { titleOf } from '../model/pipeline.js';
import type { StartPayload } from './start-payload.js';

/** So many of the latest executions of a pipeline are looked through. */
const LOOKED_THROUGH = 25;

/** In these an execution is over (core.md §9.8). */
const COMPLETE = ['SUCCEEDED', 'FAILED_CONTINUE', 'TERMINAL', 'CANCELED', 'STOPPED', 'SKIPPED'];

/** Looks whether the last run of a trigger is over. */
@Injectable()
export class Overlap {
  private readonly log = new Logger('Starter');

  constructor(private readonly orca: OrcaClient) {}

  /**
   * The execution that the start's trigger made before and that is not over. None where orca cannot say: then the start
   * goes its way, and fails by itself if orca is away.
   *
   * @param ownId the execution of this start itself
   */
  async runningBefore(
    { payload: { pipeline }, identity }: Effect<StartPayload>,
    ownId: string,
  ): Promise<Execution | undefined> {
    const { id, trigger } = pipeline;
    if (id === undefined || trigger?.id === undefined) return undefined;
    try {
      const executions = await this.orca.latestExecutions([id], LOOKED_THROUGH, identity);
      return executions
        .filter((one) => one.triggerId === trigger.id && one.id !== ownId)
        .find(({ status }) => !COMPLETE.includes(status));
    } catch (error) {
      this.log.warn(`Whether ${titleOf(pipeline)} still runs cannot be said, it is started: ${messageOf(error)}`);
      return undefined;
    }
  }
}
