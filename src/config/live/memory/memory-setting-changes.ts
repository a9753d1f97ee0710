import { Injectable } from '@nestjs/common';
import { type SettingChange, SettingChanges } from '../setting-changes.js';

/** More than people make by hand while a process lives. */
const REMEMBERED = 10_000;

/** The changes of one instance without a database: they end with the process. */
@Injectable()
export class MemorySettingChanges extends SettingChanges {
  readonly reach = 'this process, until it ends';
  /** Oldest first. */
  private readonly changes: SettingChange[] = [];
  private readonly held = new Map<string, SettingChange>();

  add(change: SettingChange): Promise<void> {
    this.changes.push(change);
    if (this.changes.length > REMEMBERED) this.changes.shift();
    const scope = JSON.stringify([change.key, change.cluster]);
    if (change.value === undefined) this.held.delete(scope);
    else this.held.set(scope, change);
    return Promise.resolve();
  }

  inForce(): Promise<SettingChange[]> {
    return Promise.resolve([...this.held.values()]);
  }

  history(key: string, limit: number): Promise<SettingChange[]> {
    const found = this.changes.filter((change) => change.key === key).reverse();
    return Promise.resolve(found.slice(0, limit));
  }

  watch(): void {
    // There is nobody else.
  }
}
