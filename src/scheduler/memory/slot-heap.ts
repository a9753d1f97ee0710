/** When a trigger is due. */
export interface HeapItem {
  readonly key: string;
  readonly at: number;
}

/** What is due first, in logarithmic time. Items that no longer hold are left in and dropped when they come up. */
export class SlotHeap {
  private readonly items: HeapItem[] = [];

  /** @param holds whether an item is still true */
  constructor(private readonly holds: (item: HeapItem) => boolean) {}

  push(item: HeapItem): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((items[parent] as HeapItem).at <= item.at) break;
      items[at] = items[parent] as HeapItem;
      at = parent;
    }
    items[at] = item;
  }

  /** The earliest item that holds. */
  peek(): HeapItem | undefined {
    while (this.items[0] && !this.holds(this.items[0])) this.drop();
    return this.items[0];
  }

  pop(): HeapItem | undefined {
    const first = this.peek();
    if (first) this.drop();
    return first;
  }

  private drop(): void {
    const { items } = this;
    const last = items.pop();
    if (!last || items.length === 0) return;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && (items[child + 1] as HeapItem).at < (items[child] as HeapItem).at) child++;
      if ((items[child] as HeapItem).at >= last.at) break;
      items[at] = items[child] as HeapItem;
      at = child;
    }
    items[at] = last;
  }
}
