import { Injectable, Logger } from '@nestjs/common';
import { breakerOf } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { messageOf } from '../platform/errors/index.js';
import { BadAnswerError, HttpTransport, JSON_TYPE } from '../platform/http/index.js';
import { type JsonObject, stringifyJson } from '../platform/json/index.js';
import { Settings } from '../platform/settings/index.js';
import { telemetryConfig } from './telemetry.config.js';

/** So many calls at once; what comes on top is not sent. */
const MOST_AT_ONCE = 8;

/**
 * Sends statistics: once, and in silence when it fails. They are no effects of the outbox, for nobody misses one: they
 * must not take room in a database, hold up a shutdown, or be sent hours later. After failures in a row the endpoint is
 * left in peace (the circuit breaker `telemetry`), and what comes meanwhile is dropped.
 */
@Injectable()
export class TelemetrySender {
  private readonly log = new Logger('Telemetry');
  private readonly url: string;
  private readonly deadlineMs: number;
  private readonly breaker: ReturnType<typeof breakerOf>;
  private underWay = 0;
  private failures = 0;
  private restsUntil = 0;

  constructor(
    private readonly http: HttpTransport,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.url = `${settings.get(telemetryConfig.endpoint).replace(/\/+$/, '')}/log`;
    this.deadlineMs = settings.get(telemetryConfig.connectionTimeoutMs) + settings.get(telemetryConfig.readTimeoutMs);
    this.breaker = breakerOf(settings, 'telemetry');
  }

  /** Resolves when the statistics were sent, or not. Never rejects. */
  async send(statistics: JsonObject): Promise<void> {
    if (this.clock.now() < this.restsUntil || this.underWay >= this.mostAtOnce()) return;
    this.underWay++;
    try {
      await this.post(stringifyJson(statistics));
      this.failures = 0;
    } catch (error) {
      this.failed(messageOf(error));
    } finally {
      this.underWay--;
    }
  }

  private async post(body: string): Promise<void> {
    const headers = { 'content-type': JSON_TYPE };
    const answer = await this.http.send({ method: 'POST', url: this.url, headers, body, deadlineMs: this.deadlineMs });
    if (answer.status > 299) throw new BadAnswerError(`the endpoint answered ${answer.status}`, answer);
  }

  /** After a rest one call shows whether the endpoint has come back. */
  private mostAtOnce(): number {
    return this.failures >= this.breaker.failures ? 1 : MOST_AT_ONCE;
  }

  private failed(reason: string): void {
    this.log.debug(`Statistics were not sent: ${reason}`);
    this.failures++;
    if (this.failures >= this.breaker.failures) this.restsUntil = this.clock.now() + this.breaker.restMs;
  }
}
