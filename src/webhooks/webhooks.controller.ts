import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type EchoEvent, Inbox, eventsConfig } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { Settings } from '../platform/settings/index.js';
import { type WebRequest, bodyText, callerOf } from '../platform/web/index.js';
import { Explainer, type Explanation } from './explainer.js';
import { splitHeaders } from './request-headers.js';
import { type WebhookRequest, eventWithPayload, eventWithoutPayload } from './webhook-event.js';
import { webhooksConfig } from './webhooks.config.js';

/** What a sender is answered. */
interface WebhookAnswer {
  readonly eventProcessed: boolean;
  readonly eventId: string | null;
  readonly explanation?: Explanation;
}

/** A request as it reached one of the routes. */
interface Incoming {
  readonly request: WebRequest;
  readonly body: Buffer | undefined;
  readonly explain: string | undefined;
}

/** Takes webhooks of any type and source; any content type, as long as the body is JSON. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly inbox: Inbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly explainer: Explainer,
  ) {}

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
    return this.accept({ request, body, explain }, (webhook) => eventWithPayload({ ...webhook, type, source }));
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
    return this.accept({ request, body, explain }, (webhook) => eventWithoutPayload({ ...webhook, type }));
  }

  private async accept(
    { request, body, explain }: Incoming,
    eventOf: (webhook: Omit<WebhookRequest, 'type'>) => EchoEvent,
  ): Promise<WebhookAnswer> {
    const { shown, secret } = splitHeaders(request.headers, this.settings.get(eventsConfig.keepHeaders));
    const event = eventOf({ body: bodyText(body), requestHeaders: shown, at: this.clock.now() });
    const incoming = { event, identity: callerOf(request), privateHeaders: secret };
    const { inboxId } = await this.inbox.accept(incoming);
    const answer = { eventProcessed: true, eventId: event.eventId };
    if (!this.mustExplain(event, request, explain)) return answer;
    const explanation = await this.explainer.explain(inboxId);
    return explanation ? { ...answer, explanation } : answer;
  }

  private mustExplain({ details }: EchoEvent, { headers }: WebRequest, explain: string | undefined): boolean {
    if (explain === 'true' || headers['x-echo-explain'] === 'true') return true;
    if (this.settings.get(webhooksConfig.explain) === 'always') return true;
    return this.settings.get(webhooksConfig.explainSources).includes(details?.source ?? '');
  }
}
