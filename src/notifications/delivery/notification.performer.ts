import { Inject, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import {
  type Destination,
  type EffectPerformer,
  type Outcome,
  PerformsEffects,
  type RetryPolicy,
  pauseMs,
} from '../../outbox/index.js';
import { Clock } from '../../platform/clock/index.js';
import { codeOf } from '../../platform/errors/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Channels, type NamedChannel } from '../channels.js';
import { notificationsMetrics } from '../notifications.metrics.js';
import { failureOf } from './failure.js';
import { NOTIFICATION, type Notification, type NotificationPayload } from './notification.js';

/** For about half an hour: longer than a provider's usual trouble, and people still want to know. */
const RETRY: RetryPolicy = { attempts: 10, firstMs: 1000, factor: 3, maxMs: 600_000 };

/** Delivers messages, and says what became of them. */
@PerformsEffects({ name: NOTIFICATION })
export class NotificationPerformer implements EffectPerformer<NotificationPayload> {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly channels: Channels,
    private readonly clock: Clock,
    @Inject(metricToken(notificationsMetrics.sent)) private readonly sent: Counter,
    @Inject(metricToken(notificationsMetrics.failed)) private readonly failures: Counter,
    @Inject(metricToken(notificationsMetrics.duration)) private readonly duration: Histogram,
  ) {}

  destinationOf({ payload: { channel, message } }: Notification): Destination {
    const place = this.channels.named(channel)?.instance.destinationOf?.(message);
    return place ? { ...place, name: `${channel}/${place.name}` } : { name: channel };
  }

  async attempt(notification: Notification): Promise<Outcome<NotificationPayload>> {
    const { channel: name, message } = notification.payload;
    const channel = this.channels.named(name);
    if (!channel) return { kind: 'dead', error: `the channel '${name}' is off` };
    const started = this.clock.monotonic();
    try {
      const { key, identity } = notification;
      const { value = null } = await channel.instance.deliver(message, { key, identity });
      this.sent.inc({ channel: name });
      return { kind: 'done', result: { value } };
    } catch (error) {
      return this.failed(notification, channel, error);
    } finally {
      this.duration.observe({ channel: name }, (this.clock.monotonic() - started) / 1000);
    }
  }

  private failed(
    { payload, attempts }: Notification,
    { options }: NamedChannel,
    error: unknown,
  ): Outcome<NotificationPayload> {
    const { status, message, retryable, retryAfterMs } = failureOf(error);
    this.failures.inc({ channel: options.name, exception: codeOf(error) });
    const policy = options.retry ?? RETRY;
    const again = retryable && !payload.once && attempts < policy.attempts;
    this.log.warn({
      message: `Failed to send ${options.name} message: ${message}`,
      ...payload.about,
      attempts,
      willRetry: again,
    });
    const rest = retryAfterMs !== undefined && { restMs: retryAfterMs };
    if (!again) return { kind: 'dead', error: message, ...rest, result: { status, message } };
    const afterMs = retryAfterMs ?? pauseMs(policy, attempts, Math.random());
    return { kind: 'retry', error: message, afterMs, ...rest };
  }
}
