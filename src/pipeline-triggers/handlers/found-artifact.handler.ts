import type { Artifact } from '../../artifacts/index.js';
import type { EchoEvent } from '../../events/index.js';
import type { Trigger } from '../../pipelines/index.js';
import { Content } from '../content.js';
import { filledIn } from '../filled-trigger.js';
import type { Check, Filled, Reading, TriggerHandler } from '../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../trigger-key.js';

/** Something that one of igor's searches found in an artifact repository. */
export interface FoundArtifact {
  /** The search, as igor's configuration names it. */
  readonly search: string | undefined;
  readonly artifacts: readonly Artifact[];
}

/** Starts pipelines on an artifact that a search in a repository found (core.md §3.8). */
export abstract class FoundArtifactHandler implements TriggerHandler<FoundArtifact> {
  abstract readonly monitor: string;
  readonly triggerTypes: readonly string[];
  readonly checks: readonly Check<FoundArtifact>[] = [];

  /**
   * @param type of the events and of the triggers
   * @param searchMember where a trigger names the search that it waits for
   */
  constructor(
    private readonly type: string,
    private readonly searchMember: 'artifactorySearchName' | 'nexusSearchName',
  ) {
    this.triggerTypes = [type];
  }

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === this.type;
  }

  read({ content }: EchoEvent): Reading<FoundArtifact> {
    if (!content) return { kind: 'unusable', reason: 'content: missing' };
    const members = new Content(content);
    const artifact = members.artifact('artifact');
    return { kind: 'event', event: { search: members.text('name'), artifacts: artifact ? [artifact] : [] } };
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, [this.searchMember]);
  }

  eventKey({ search }: FoundArtifact): string {
    return lookUpKey(search);
  }

  fill(trigger: Trigger, { artifacts }: FoundArtifact, { eventId }: EchoEvent): Filled {
    return { trigger: filledIn(trigger, { eventId: eventId ?? undefined }), artifacts };
  }
}
