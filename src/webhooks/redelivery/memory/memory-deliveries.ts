import { Injectable } from '@nestjs/common';
import { keepNewest } from '../../../platform/bounded/index.js';
import { Deliveries, type Delivery } from '../deliveries.js';

const MAX_KEPT = 10_000;

/** The deliveries of one instance without a database, the latest of them. */
@Injectable()
export class MemoryDeliveries extends Deliveries {
  /** In the order in which they came. */
  private readonly kept = new Map<string, Delivery>();

  remember(delivery: Delivery, since: number): Promise<void> {
    const known = this.kept.get(delivery.key);
    if (known && known.at < since) this.kept.delete(delivery.key);
    if (!this.kept.has(delivery.key)) this.kept.set(delivery.key, delivery);
    keepNewest(this.kept, MAX_KEPT);
    return Promise.resolve();
  }

  find(key: string, since: number): Promise<Delivery | undefined> {
    const found = this.kept.get(key);
    return Promise.resolve(found && found.at >= since ? found : undefined);
  }
}
