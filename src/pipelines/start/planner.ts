import { Injectable, Logger } from '@nestjs/common';
import { OrcaClient } from '../../clients/index.js';
import { messageOf } from '../../platform/errors/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { startBody } from '../model/body.js';
import { type Pipeline, titleOf } from '../model/pipeline.js';
import { readPipelineAsItIs } from '../model/read-pipeline.js';

/** What the pipeline was asked with stays where the answer is silent: its trigger, and the id that its caller chose. */
const keptOf = ({ trigger, executionId }: Pipeline): Pick<Pipeline, 'trigger' | 'executionId'> => ({
  ...(trigger && { trigger }),
  ...(executionId !== undefined && { executionId }),
});

/** Whether a pipeline is made from a template when it starts. */
export const isTemplated = ({ type }: Pipeline): boolean => type === 'templatedPipeline';

/** Has orca fill in a pipeline that is made from a template when it starts (core.md §5.5). */
@Injectable()
export class Planner {
  private readonly log = new Logger(Planner.name);

  constructor(private readonly orca: OrcaClient) {}

  /**
   * The planned pipeline. When orca cannot plan it, the unplanned one: orca then plans it again on start and keeps the
   * failure as an execution, where its owners look.
   */
  async plan(pipeline: Pipeline, identity: Identity): Promise<Pipeline> {
    if (!isTemplated(pipeline)) return pipeline;
    try {
      const answer = await this.orca.plan(startBody({ ...pipeline, plan: true }), identity);
      return { ...keptOf(pipeline), ...readPipelineAsItIs(answer) };
    } catch (error) {
      this.log.error({ message: `Could not plan ${titleOf(pipeline)}, starting it unplanned: ${messageOf(error)}` });
      return { ...pipeline, plan: false, stages: pipeline.stages ?? [] };
    }
  }
}
