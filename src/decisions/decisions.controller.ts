import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import type { EventDecided } from '../pipelines/index.js';
import { NotFoundError } from '../platform/errors/index.js';
import { instantOf, limitOf } from '../platform/query/index.js';
import { DecisionLog, type PipelineDecision } from './decision-log.js';

@ApiTags('decisions')
@Requires('read')
@Controller()
export class DecisionsController {
  constructor(private readonly log: DecisionLog) {}

  @Get('events/:eventId/decisions')
  @ApiOperation({ summary: 'What was decided about an event, for each trigger that might have matched' })
  async ofEvent(@Param('eventId') eventId: string): Promise<EventDecided[]> {
    const decided = await this.log.ofEvent(eventId);
    if (decided.length > 0) return decided;
    throw new NotFoundError(
      `No decision is known for event ${eventId}: no trigger waited for what it brought, or it is too long ago.`,
    );
  }

  @Get('pipelines/:pipelineId/decisions')
  @ApiOperation({
    summary:
      'What was decided about a pipeline, newest first, since an instant if one is given; on the latest 100 events, or `limit`',
  })
  ofPipeline(
    @Param('pipelineId') pipelineId: string,
    @Query('since') since = '0',
    @Query('limit') limit?: string,
  ): Promise<PipelineDecision[]> {
    return this.log.ofPipelines([pipelineId], instantOf('since', since), limitOf(limit));
  }
}
