import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Clock } from '../platform/clock/index.js';
import { parseJson } from '../platform/json/index.js';
import { type WebRequest, callerOf, jsonText } from '../platform/web/index.js';
import { Inbox } from './inbox.js';
import { parseEvent } from './parse-event.js';

@ApiTags('events')
@Controller()
export class EventsController {
  constructor(
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  /** Takes an event of any type; 200 with an empty body once the inbox has it (edges.md §2.4). */
  @Post('/')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept an event' })
  async receive(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<void> {
    const event = parseEvent(parseJson(jsonText(body, request)), this.clock.now());
    await this.inbox.accept({ event, identity: callerOf(request) });
  }
}
