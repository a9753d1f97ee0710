import type { EchoEvent } from '../../../events/index.js';
import type { Trigger } from '../../../pipelines/index.js';
import { type Filled, HandlesTriggers, type Reading, type TriggerHandler } from '../../trigger-handler.js';
import { type TriggerKey, keyOf, lookUpKey } from '../../trigger-key.js';
import { type ImageEvent, fillWithImage, newsOfImage, readImage } from '../image-event.js';
import { imageTag } from '../image-tag.js';

/** Starts pipelines on a new tag of a chart in an image registry (newer.md §2). */
@HandlesTriggers({ name: 'helm/oci' })
export class HelmOciHandler implements TriggerHandler<ImageEvent> {
  readonly monitor = 'HelmOciEventHandler';
  readonly triggerTypes = ['helm/oci'];
  readonly checks = [imageTag];

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'helm/oci';
  }

  read(event: EchoEvent): Reading<ImageEvent> {
    return readImage(event);
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['account', 'repository']);
  }

  eventKey({ account, repository }: ImageEvent): string {
    return lookUpKey(account, repository);
  }

  fill(trigger: Trigger, event: ImageEvent, source: EchoEvent): Filled {
    return fillWithImage(trigger, event, source, 'helm/image');
  }

  newsKey(event: ImageEvent): string {
    return newsOfImage(event);
  }
}
