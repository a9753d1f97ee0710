import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../platform/access/index.js';
import type { EventDecided } from '../pipelines/index.js';
import { InvalidRequestError, NotFoundError } from '../platform/errors/index.js';
import { DecisionLog, type PipelineDecision } from './decision-log.js';

/** An instant as people write it: ISO 8601 or milliseconds since the epoch. */
function instantOf(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new InvalidRequestError(`since: '${text}' is no instant: write 2026-01-31T12:00:00Z or milliseconds.`);
}

@ApiTags('decisions')
@Requires('read')
@Controller()
export class DecisionsController {
  constructor(private readonly log: DecisionLog) {}

  @Get('events/:eventId/decisions')
  @ApiOperation({ summary: 'What was decided about an event, for each trigger that might have matched' })
  ofEvent(@Param('eventId') eventId: string): EventDecided[] {
    const decided = this.log.ofEvent(eventId);
    if (decided.length > 0) return decided;
    throw new NotFoundError(
      `No decision is known for event ${eventId}: no trigger waited for what it brought, or it is too long ago.`,
    );
  }

  @Get('pipelines/:pipelineId/decisions')
  @ApiOperation({ summary: 'What was decided about a pipeline, newest first, since an instant if one is given' })
  ofPipeline(@Param('pipelineId') pipelineId: string, @Query('since') since = '0'): PipelineDecision[] {
    return this.log.ofPipeline(pipelineId, instantOf(since));
  }
}
