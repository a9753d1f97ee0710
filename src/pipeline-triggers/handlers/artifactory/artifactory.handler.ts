import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { filledIn } from '../../filled-trigger.js';
import { type Check, type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../../trigger-key.js';
import { type FoundArtifact, readFoundArtifact } from '../found-artifact.js';

/** Starts pipelines on an artifact that a search in Artifactory found (core.md §3.8). */
@HandlesTriggers({ name: 'artifactory' })
export class ArtifactoryHandler implements TriggerHandler<FoundArtifact> {
  readonly monitor = 'ArtifactoryEventHandler';
  readonly triggerTypes = ['artifactory'];
  readonly checks: readonly Check<FoundArtifact>[] = [];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'artifactory';
  }

  read(event: EchoEvent): Reading<FoundArtifact> {
    return readFoundArtifact(event);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['artifactorySearchName']);
  }

  eventKey({ search }: FoundArtifact): string {
    return lookUpKey(search);
  }

  fill(trigger: Trigger, { artifacts }: FoundArtifact, { eventId }: EchoEvent): Filled {
    return { trigger: filledIn(trigger, { eventId: eventId ?? undefined }), artifacts };
  }
}
