import {
  type Check,
  Content,
  type EchoEvent,
  type Filled,
  HandlesTriggers,
  type Reading,
  type Trigger,
  type TriggerHandler,
  type TriggerKey,
  artifact,
  failed,
  filledIn,
  fullMatch,
  keyOf,
  lookUpKey,
  passed,
} from 'echo';

/** What the scanner posts: `{"details":{"type":"image-scan"},"content":{"repository":…,"tag":…,"result":…}}`. */
interface ImageScan {
  readonly repository: string;
  readonly tag: string;
  readonly result: string;
}

const scanPassed: Check<ImageScan> = {
  rule: 'result',
  check: (_trigger, { result }) => (result === 'passed' ? passed : failed('a scan that passed', result)),
};

/** The trigger's tag is a pattern for the whole tag; without one any tag will do. */
const tag: Check<ImageScan> = {
  rule: 'tag',
  check: (trigger, scan, tools) => (trigger.tag ? fullMatch(trigger.tag, scan.tag, tools) : passed),
};

/** Starts pipelines when an image has passed its scan: triggers `{"type":"image-scan","repository":"shop/api"}`. */
@HandlesTriggers({ name: 'image-scan' })
export class ImageScanHandler implements TriggerHandler<ImageScan> {
  readonly monitor = 'ImageScanHandler';
  readonly triggerTypes = ['image-scan'];
  readonly checks = [scanPassed, tag];

  accepts(eventType: string): boolean {
    return eventType === 'image-scan';
  }

  read({ content }: EchoEvent): Reading<ImageScan> {
    const members = new Content(content ?? {});
    const repository = members.text('repository');
    if (!repository) return { kind: 'unusable', reason: 'content.repository: missing' };
    return {
      kind: 'event',
      event: { repository, tag: members.text('tag') ?? '', result: members.text('result') ?? '' },
    };
  }

  /** An event touches only the triggers that have its key. */
  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['repository']);
  }

  eventKey({ repository }: ImageScan): string {
    return lookUpKey(repository);
  }

  fill(trigger: Trigger, { repository, tag: version }: ImageScan, { eventId }: EchoEvent): Filled {
    const image = artifact({ type: 'docker/image', name: repository, version, reference: `${repository}:${version}` });
    return {
      trigger: filledIn(trigger, { tag: version, eventId: eventId ?? undefined }),
      artifacts: [image],
    };
  }
}
