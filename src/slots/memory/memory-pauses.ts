import { Injectable } from '@nestjs/common';
import { type Pause, Pauses } from '../pauses.js';

const keyOf = (scope: string, name: string): string => `${scope}\n${name}`;

/** The pauses of one instance without a database: they end with the process. */
@Injectable()
export class MemoryPauses extends Pauses {
  private readonly pauses = new Map<string, Pause>();

  put(pause: Pause): Promise<void> {
    this.pauses.set(keyOf(pause.scope, pause.name), pause);
    return Promise.resolve();
  }

  remove(scope: Pause['scope'], name: string): Promise<'removed' | 'unknown'> {
    return Promise.resolve(this.pauses.delete(keyOf(scope, name)) ? 'removed' : 'unknown');
  }

  all(): Promise<Pause[]> {
    return Promise.resolve([...this.pauses.values()]);
  }
}
