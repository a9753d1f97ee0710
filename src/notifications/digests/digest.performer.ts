import { type Effect, type EffectPerformer, Outbox, type Outcome, PerformsEffects } from '../../outbox/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { Channels } from '../channels.js';
import { NOTIFICATION, type Notification } from '../delivery/notification.js';
import { DIGEST, type Digest, type Line } from './digest.js';

/** As many notifications of all digests of a window are looked through. */
const MOST = 10_000;

/** Lines beyond are counted, not told. */
const LINES = 50;

/** Makes one message of what was gathered, and hands it to the outbox. */
@PerformsEffects({ name: DIGEST })
export class DigestPerformer implements EffectPerformer<Digest> {
  constructor(
    private readonly channels: Channels,
    private readonly outbox: Outbox,
  ) {}

  async attempt({ payload: digest }: Effect<Digest>): Promise<Outcome<Digest>> {
    const { key, channel, address } = digest;
    const messages = await this.messagesOf(digest, await this.linesOf(digest));
    await this.outbox.submit(
      messages.map((message, index) => ({
        kind: NOTIFICATION,
        key: `${DIGEST}/${key}/${index}`,
        payload: { channel, message, about: { occasion: DIGEST } },
        identity: NOBODY,
        cause: {},
      })),
    );
    return { kind: 'done', result: { address, messages: messages.length } };
  }

  /** Oldest first. */
  private async linesOf({ key, from, due }: Digest): Promise<Line[]> {
    const filter = { kind: NOTIFICATION, state: 'suppressed', from, to: due } as const;
    const held = (await this.outbox.list(filter, MOST)) as Notification[];
    return held.flatMap(({ payload }) => (payload.digest === key && payload.line ? [payload.line] : [])).reverse();
  }

  private async messagesOf({ channel: name, address }: Digest, lines: readonly Line[]): Promise<readonly JsonValue[]> {
    const channel = this.channels.named(name);
    if (!channel?.instance.forRequest) throw new Error(`the channel '${name}' is off`);
    return channel.instance.forRequest({
      notificationType: channel.options.requests ?? name,
      to: [address],
      cc: [],
      templateGroup: DIGEST,
      source: { user: 'Echo' },
      additionalContext: {
        count: lines.length,
        lines: lines.slice(0, LINES),
        more: Math.max(0, lines.length - LINES),
        message: `${lines.length} notifications`,
      },
      interactiveActions: undefined,
      interactive: false,
    });
  }
}
