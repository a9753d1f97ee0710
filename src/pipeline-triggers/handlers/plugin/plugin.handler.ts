import type { EchoEvent } from '../../../events/index.js';
import { read } from '../../../platform/json/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { Content } from '../../content.js';
import { filledIn } from '../../filled-trigger.js';
import { type Check, type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, lookUpKey } from '../../trigger-key.js';

/** A release of a plugin, as front50 tells it. */
export interface PluginEvent {
  /** `PUBLISHED` or `PREFERRED_VERSION_UPDATED`, as the sender writes it. */
  readonly pluginEventType: string;
  readonly pluginId: string | undefined;
  readonly description: string | undefined;
  readonly provider: string | undefined;
  readonly version: string | undefined;
  readonly releaseDate: string | undefined;
  readonly requires: string | undefined;
  readonly parsedRequires: Trigger['parsedRequires'];
  readonly binaryUrl: string | undefined;
  readonly sha512sum: string | undefined;
}

const USUAL_KIND = 'PUBLISHED';

const parsedRequires = read.listOf((item) => read.texts(item) ?? null);

/**
 * Starts pipelines on the release of a plugin, of any plugin (core.md §3.10). As in the original the built trigger has
 * neither an event id nor the release's `preferred`.
 */
@HandlesTriggers({ name: 'plugin' })
export class PluginHandler implements TriggerHandler<PluginEvent> {
  readonly monitor = 'PluginEventHandler';
  readonly triggerTypes = ['plugin'];
  readonly checks: readonly Check<PluginEvent>[] = [];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'plugin';
  }

  read({ details, content }: EchoEvent): Reading<PluginEvent> {
    if (!content) return { kind: 'unusable', reason: 'content: missing' };
    const members = new Content(content);
    const event = {
      pluginEventType: details?.attributes?.['pluginEventType'] ?? USUAL_KIND,
      pluginId: members.text('pluginId'),
      description: members.text('description'),
      provider: members.text('provider'),
      version: members.text('version'),
      releaseDate: members.text('releaseDate'),
      requires: members.text('requires'),
      parsedRequires: members.read('parsedRequires', parsedRequires) as Trigger['parsedRequires'],
      binaryUrl: members.text('binaryUrl'),
      sha512sum: members.text('sha512sum'),
    };
    return { kind: 'event', event };
  }

  triggerKey({ pluginEventType }: Trigger): TriggerKey {
    return { kind: 'key', key: lookUpKey(pluginEventType ?? USUAL_KIND).toLowerCase() };
  }

  eventKey({ pluginEventType }: PluginEvent): string {
    return lookUpKey(pluginEventType).toLowerCase();
  }

  fill(trigger: Trigger, event: PluginEvent): Filled {
    return { trigger: filledIn(trigger, event), artifacts: [] };
  }
}
