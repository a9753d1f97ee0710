import { artifact } from '../../artifacts/index.js';
import type { EchoEvent } from '../../events/index.js';
import type { Trigger } from '../../pipelines/index.js';
import { Content } from '../content.js';
import { filledIn } from '../filled-trigger.js';
import type { Filled, Reading } from '../trigger-handler.js';

/** A new tag in a registry of images, as igor reports it. */
export interface ImageEvent {
  readonly account: string | undefined;
  readonly registry: string | undefined;
  readonly repository: string | undefined;
  readonly tag: string;
  readonly digest: string | undefined;
}

export function readImage({ content }: EchoEvent): Reading<ImageEvent> {
  if (!content) return { kind: 'unusable', reason: 'content: missing' };
  const members = new Content(content);
  const event = {
    account: members.text('account'),
    registry: members.text('registry'),
    repository: members.text('repository'),
    tag: members.text('tag') ?? '',
    digest: members.text('digest'),
  };
  return event.tag === '' ? { kind: 'idle', reason: 'the event has no tag' } : { kind: 'event', event };
}

/** @param artifactType what the registry holds: `docker/image`, `helm/image` */
export function fillWithImage(
  trigger: Trigger,
  { registry, repository, tag, digest }: ImageEvent,
  { eventId }: EchoEvent,
  artifactType: string,
): Filled {
  // The original prints a missing registry as `null`.
  const name = `${registry ?? 'null'}/${repository ?? 'null'}`;
  return {
    trigger: filledIn(trigger, {
      tag,
      digest,
      eventId: eventId ?? undefined,
      buildNumber: undefined,
      hash: undefined,
    }),
    artifacts: [artifact({ type: artifactType, name, version: tag, reference: `${name}:${tag}` })],
  };
}

export const newsOfImage = ({ account, repository, tag, digest }: ImageEvent): string =>
  JSON.stringify([account, repository, tag, digest]);
