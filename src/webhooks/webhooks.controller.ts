import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type EchoEvent, Inbox } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { identityOf } from '../platform/request-context/index.js';
import { Settings } from '../platform/settings/index.js';
import { type WebRequest, bodyText } from '../platform/web/index.js';
import { splitHeaders } from './request-headers.js';
import { type WebhookRequest, eventWithPayload, eventWithoutPayload } from './webhook-event.js';
import { webhooksConfig } from './webhooks.config.js';

/** What a sender is answered. */
interface WebhookAnswer {
  readonly eventProcessed: boolean;
  readonly eventId: string | null;
}

/** Takes webhooks of any type and source; any content type, as long as the body is JSON. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly inbox: Inbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Post(':type/:source')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a webhook' })
  receive(
    @Param('type') type: string,
    @Param('source') source: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<WebhookAnswer> {
    return this.accept(request, body, (webhook) => eventWithPayload({ ...webhook, type, source }));
  }

  @Post(':type')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a webhook that names its source in the body' })
  receiveWithoutSource(
    @Param('type') type: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<WebhookAnswer> {
    return this.accept(request, body, (webhook) => eventWithoutPayload({ ...webhook, type }));
  }

  private async accept(
    request: WebRequest,
    body: Buffer | undefined,
    eventOf: (webhook: Omit<WebhookRequest, 'type'>) => EchoEvent,
  ): Promise<WebhookAnswer> {
    const { shown, secret } = splitHeaders(request.headers, this.settings.get(webhooksConfig.keepHeaders));
    const event = eventOf({ body: bodyText(body), requestHeaders: shown, at: this.clock.now() });
    await this.inbox.accept({ event, identity: identityOf(request.headers), privateHeaders: secret });
    return { eventProcessed: true, eventId: event.eventId };
  }
}
