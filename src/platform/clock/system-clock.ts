import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';

/** The machine's clock. A pending timer keeps the process alive until it is cancelled or has run. */
@Injectable()
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}
