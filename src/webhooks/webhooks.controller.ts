import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import type { WebRequest } from '../platform/web/index.js';
import { readCdEvent } from './cdevents/cd-event.js';
import { type WebhookAnswer, WebhookIntake } from './webhook-intake.js';
import { WebhookReader, eventWithoutSource } from './webhook-reader.js';

/** Takes webhooks of any type and source; any content type, as long as the body is JSON. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly intake: WebhookIntake,
    private readonly reader: WebhookReader,
  ) {}

  @Post('cdevents/:source')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a CDEvent in a CloudEvent: structured, binary or a batch' })
  receiveCdEvent(
    @Param('source') source: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
    @Query('explain') explain?: string,
  ): Promise<WebhookAnswer> {
    const type = 'cdevents';
    return this.intake.take({ type, source, request, body, explain }, (webhook) => ({
      kind: 'event',
      event: readCdEvent({ ...webhook, type, source }),
    }));
  }

  @Post(':type/:source')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a webhook' })
  receive(
    @Param('type') type: string,
    @Param('source') source: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
    @Query('explain') explain?: string,
  ): Promise<WebhookAnswer> {
    return this.intake.take({ type, source, request, body, explain }, (webhook) =>
      this.reader.read({ ...webhook, type, source }),
    );
  }

  @Post(':type')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a webhook that names its source in the body' })
  receiveWithoutSource(
    @Param('type') type: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
    @Query('explain') explain?: string,
  ): Promise<WebhookAnswer> {
    return this.intake.take({ type, request, body, explain }, (webhook) => ({
      kind: 'event',
      event: eventWithoutSource({ ...webhook, type }),
    }));
  }
}
