import { type Artifact, artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { Content } from '../../content.js';
import {
  type Filled,
  HandlesTriggers,
  type Reading,
  type TriggerHandler,
  type TriggerKey,
  keyOf,
} from '../../trigger-handler.js';
import { imageTag } from '../image-tag.js';

/** A new tag of an image, as igor reports it. */
export interface ImageEvent {
  readonly account: string | undefined;
  readonly registry: string | undefined;
  readonly repository: string | undefined;
  readonly tag: string;
  readonly digest: string | undefined;
}

/** The original prints a missing registry as `null`. */
function imageArtifact({ registry, repository, tag }: ImageEvent): Artifact {
  const name = `${registry ?? 'null'}/${repository ?? 'null'}`;
  return artifact({ type: 'docker/image', name, version: tag, reference: `${name}:${tag}` });
}

/** Starts pipelines on a new tag of a container image (core.md §3.3). */
@HandlesTriggers({ name: 'docker' })
export class DockerHandler implements TriggerHandler<ImageEvent> {
  readonly monitor = 'DockerEventHandler';
  readonly triggerTypes = ['docker'];
  readonly checks = [imageTag];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'docker';
  }

  read({ content }: EchoEvent): Reading<ImageEvent> {
    if (!content) return { kind: 'unusable', reason: 'content: missing' };
    const members = new Content(content);
    const tag = members.text('tag');
    if (!tag) return { kind: 'idle', reason: 'the event has no tag' };
    const event: ImageEvent = {
      account: members.text('account'),
      registry: members.text('registry'),
      repository: members.text('repository'),
      tag,
      digest: members.text('digest'),
    };
    return { kind: 'event', event };
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['account', 'repository']);
  }

  eventKey({ account, repository }: ImageEvent): string {
    return `${account ?? ''}\n${repository ?? ''}`;
  }

  fill(configured: Trigger, event: ImageEvent, source: EchoEvent): Filled {
    const { buildNumber: _number, hash: _hash, digest: _digest, ...trigger } = configured;
    return {
      trigger: {
        ...trigger,
        tag: event.tag,
        ...(event.digest !== undefined && { digest: event.digest }),
        ...(source.eventId !== null && { eventId: source.eventId }),
      },
      artifacts: [imageArtifact(event)],
    };
  }
}
