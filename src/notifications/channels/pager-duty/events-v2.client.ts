import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { event as send } from '@pagerduty/pdjs';
import { messageOf } from '../../../platform/errors/index.js';
import { LibraryTransport, NoAnswerError } from '../../../platform/http/index.js';
import { stringifyJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { refusal } from '../../delivery/failure.js';
import { pagerDutyConfig } from './pager-duty.config.js';
import type { V2Event } from './pager-duty.message.js';

/** Shorter than an effect's lease, with all that the library waits for by itself. */
const DEADLINE_MS = 20_000;
/** How long the library waits after a 429; it does that three times. */
const PAUSE_MS = 2000;

/** Sends events by the API v2, through PagerDuty's own client. */
@Injectable()
export class EventsV2Client implements OnApplicationShutdown {
  private agent: ReturnType<LibraryTransport['httpsAgent']> | undefined;

  constructor(
    private readonly transport: LibraryTransport,
    private readonly settings: Settings,
  ) {}

  /** Rejects with a `DeliveryError` in PagerDuty's words, or with `NoAnswerError`. */
  async send(key: string, event: V2Event): Promise<void> {
    const { host, href } = new URL(this.settings.get(pagerDutyConfig.endpoint));
    const { status, data } = await this.ask(host, key, event);
    if (status >= 200 && status <= 299) return;
    const call = { method: 'POST', url: `${href.replace(/\/$/, '')}/v2/enqueue` } as const;
    throw refusal(call, { status, headers: {}, body: stringifyJson(data as never) });
  }

  private async ask(server: string, key: string, event: V2Event): Promise<{ status: number; data: unknown }> {
    const options = {
      server,
      data: { ...event, routing_key: key, links: [...event.links] },
      // The timer that this sets does nothing but keep the process from ending.
      requestTimeout: 0,
      retryTimeout: PAUSE_MS,
      signal: AbortSignal.timeout(DEADLINE_MS),
      // Known to the client below pdjs only.
      agent: (this.agent ??= this.transport.httpsAgent()),
    };
    try {
      return await send(options);
    } catch (error) {
      throw new NoAnswerError(`PagerDuty: ${messageOf(error)}`, 'ambiguous', 'no-answer', error);
    }
  }

  onApplicationShutdown(): void {
    this.agent?.destroy();
  }
}
