import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EventDecided } from '../pipelines/index.js';
import { NotFoundError } from '../platform/errors/index.js';
import { LoopbackOnly } from '../platform/web/index.js';
import { DecisionLog } from './decision-log.js';

@ApiTags('decisions')
@LoopbackOnly()
@Controller('events')
export class DecisionsController {
  constructor(private readonly log: DecisionLog) {}

  @Get(':eventId/decisions')
  @ApiOperation({ summary: 'What was decided about an event, for each trigger that might have matched' })
  ofEvent(@Param('eventId') eventId: string): EventDecided[] {
    const decided = this.log.of(eventId);
    if (decided.length > 0) return decided;
    throw new NotFoundError(
      `No decision is known for event ${eventId}: no trigger waited for what it brought, or it is too long ago.`,
    );
  }
}
