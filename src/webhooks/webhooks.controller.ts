import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type EchoEvent, Inbox, eventsConfig } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { Settings } from '../platform/settings/index.js';
import { type WebRequest, callerOf, utf8Text } from '../platform/web/index.js';
import { Explainer, type Explanation } from './explainer.js';
import { splitHeaders } from './request-headers.js';
import { type WebhookReading, WebhookReader, type WebhookRequest, eventWithoutSource } from './webhook-reader.js';
import { webhooksConfig } from './webhooks.config.js';

/** What a sender is answered. */
interface WebhookAnswer {
  readonly eventProcessed: boolean;
  readonly eventId: string | null;
  readonly explanation?: Explanation;
  /** Why there is no event. */
  readonly reason?: string;
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
    private readonly reader: WebhookReader,
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
    return this.accept({ request, body, explain }, (webhook) => this.reader.read({ ...webhook, type, source }));
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
    return this.accept({ request, body, explain }, (webhook) => ({
      kind: 'event',
      event: eventWithoutSource({ ...webhook, type }),
    }));
  }

  private async accept(
    { request, body, explain }: Incoming,
    read: (webhook: Omit<WebhookRequest, 'type'>) => WebhookReading,
  ): Promise<WebhookAnswer> {
    const { shown, secret } = splitHeaders(request.headers, this.settings.get(eventsConfig.keepHeaders));
    const reading = read({ body: utf8Text(body), requestHeaders: shown, at: this.clock.now() });
    const asked = isAsked(request, explain);
    if (reading.kind !== 'event') return withoutEvent(reading, asked);
    const { event } = reading;
    const { inboxId } = await this.inbox.accept({ event, identity: callerOf(request), privateHeaders: secret });
    const answer = { eventProcessed: true, eventId: event.eventId };
    if (!asked && !this.isAlwaysExplained(event)) return answer;
    const explanation = await this.explainer.explain(inboxId);
    return explanation ? { ...answer, explanation } : answer;
  }

  private isAlwaysExplained({ details }: EchoEvent): boolean {
    if (this.settings.get(webhooksConfig.explain) === 'always') return true;
    return this.settings.get(webhooksConfig.explainSources).includes(details?.source ?? '');
  }
}

const isAsked = ({ headers }: WebRequest, explain: string | undefined): boolean =>
  explain === 'true' || headers['x-echo-explain'] === 'true';

/** What was not understood is told in any case; that a ping is a ping, only who asks. */
function withoutEvent(reading: Exclude<WebhookReading, { kind: 'event' }>, asked: boolean): WebhookAnswer {
  const answer = { eventProcessed: false, eventId: null };
  return asked || reading.kind === 'unclear' ? { ...answer, reason: reading.reason } : answer;
}
