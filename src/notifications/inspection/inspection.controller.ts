import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { parseEvent } from '../../events/index.js';
import { Requires } from '../../platform/access/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { isJsonObject, parseJson } from '../../platform/json/index.js';
import { type WebRequest, callerOf, jsonText } from '../../platform/web/index.js';
import { readDirectNotification } from '../direct/direct-notification.js';
import { type Attempt, type Preview, Inspection, type ShownDelivery } from './inspection.js';

/** For people who set notifications up: look at one, try one, see what became of them. */
@ApiTags('notifications')
@Requires('read')
@Controller('notifications')
export class InspectionController {
  constructor(
    private readonly inspection: Inspection,
    private readonly clock: Clock,
  ) {}

  @Post('test')
  @Requires('operate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a sample to one address on one channel: {"type", "address"}' })
  test(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<Attempt> {
    const wanted = parseJson(jsonText(body, request));
    const { type, address } = isJsonObject(wanted) ? wanted : {};
    if (typeof type === 'string' && typeof address === 'string') {
      return this.inspection.test({ type, address }, callerOf(request));
    }
    throw new InvalidRequestError('Say where to: {"type": "slack", "address": "#general"}');
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What an event ({"event": …}) or a direct notification would send; nothing is sent' })
  preview(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<Preview[]> {
    const wanted = parseJson(jsonText(body, request));
    const event = isJsonObject(wanted) ? wanted['event'] : undefined;
    if (event !== undefined) return Promise.resolve(this.inspection.ofEvent(parseEvent(event, this.clock.now())));
    return this.inspection.ofRequest(readDirectNotification(wanted));
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'What became of the latest notifications, of one execution if it is named' })
  deliveries(@Query('executionId') executionId?: string): Promise<ShownDelivery[]> {
    return this.inspection.deliveries(executionId);
  }
}
