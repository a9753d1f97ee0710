import { artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { Content } from '../../content.js';
import { filledIn } from '../../filled-trigger.js';
import { type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../../trigger-key.js';
import { chartVersion } from './chart-version.js';

/** A new version of a chart, as igor reports it. */
export interface HelmEvent {
  readonly account: string | undefined;
  readonly chart: string;
  readonly version: string;
  readonly digest: string;
}

/** Starts pipelines on a new version of any chart of an account (core.md §3.9). */
@HandlesTriggers({ name: 'helm' })
export class HelmHandler implements TriggerHandler<HelmEvent> {
  readonly monitor = 'HelmEventHandler';
  readonly triggerTypes = ['helm'];
  readonly checks = [chartVersion];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'helm';
  }

  read({ content }: EchoEvent): Reading<HelmEvent> {
    if (!content) return { kind: 'unusable', reason: 'content: missing' };
    const members = new Content(content);
    const account = members.text('account');
    const [chart, version, digest] = [members.text('chart'), members.text('version'), members.text('digest')];
    if (!chart || !version || !digest) {
      return { kind: 'idle', reason: 'the event does not tell chart, version and digest' };
    }
    return { kind: 'event', event: { account, chart, version, digest } };
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['account']);
  }

  eventKey({ account }: HelmEvent): string {
    return lookUpKey(account);
  }

  fill(trigger: Trigger, { account, chart, version, digest }: HelmEvent, { eventId }: EchoEvent): Filled {
    const reference = account === undefined ? {} : { reference: account };
    return {
      trigger: filledIn(trigger, { artifactName: chart, version, digest, eventId: eventId ?? undefined }),
      artifacts: [artifact({ type: 'helm/chart', name: chart, version, ...reference, metadata: { digest } })],
    };
  }
}
