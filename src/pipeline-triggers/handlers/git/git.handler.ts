import type { EchoEvent } from '../../../events/index.js';
import { Settings } from '../../../platform/settings/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { filledIn } from '../../filled-trigger.js';
import { triggersConfig } from '../../pipeline-triggers.config.js';
import {
  type Check,
  type Filled,
  HandlesTriggers,
  type Reading,
  type RequestHeaders,
  type TriggerHandler,
} from '../../trigger-handler.js';
import { type TriggerKey, ignoringCase, keyOf, lookUpKey } from '../../trigger-key.js';
import { action, branch, ownProperties } from './git-checks.js';
import { type GitEvent, readGit } from './git-event.js';
import { signature } from './signature.js';

/** Starts pipelines on what happens in Git repositories (core.md §3.4). */
@HandlesTriggers({ name: 'git' })
export class GitHandler implements TriggerHandler<GitEvent> {
  readonly monitor = 'GitEventHandler';
  readonly triggerTypes = ['git'];
  readonly checks: readonly Check<GitEvent>[];

  constructor(settings: Settings) {
    this.checks = [branch, signature(settings.get(triggersConfig.gitSharedSecret)), action, ownProperties];
  }

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'git';
  }

  read(event: EchoEvent, headers: RequestHeaders): Reading<GitEvent> {
    return readGit(event, headers);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return ignoringCase(keyOf(trigger, ['source', 'project', 'slug']));
  }

  eventKey({ source, project, slug }: GitEvent): string {
    return lookUpKey(source, project, slug).toLowerCase();
  }

  fill(trigger: Trigger, event: GitEvent, { eventId }: EchoEvent): Filled {
    const { hash, branch: pushed, action: done, pullRequest, artifacts } = event;
    return {
      trigger: filledIn(trigger, {
        hash,
        branch: pushed,
        action: done,
        properties: { ...trigger.properties, ...pullRequest },
        eventId: eventId ?? undefined,
        buildNumber: undefined,
        tag: undefined,
      }),
      artifacts,
    };
  }
}
