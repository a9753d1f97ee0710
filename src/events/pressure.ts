import { Injectable } from '@nestjs/common';

/**
 * What lies further on and cannot take more for now. An inbox that stores nothing durably asks before it accepts: what
 * it took could not go on, and would have to be dropped.
 */
@Injectable()
export class Pressure {
  private readonly checks: (() => string | undefined)[] = [];

  /** @param check says what is full, and nothing where there is room */
  add(check: () => string | undefined): void {
    this.checks.push(check);
  }

  /** The first thing that is full. */
  full(): string | undefined {
    for (const check of this.checks) {
      const full = check();
      if (full !== undefined) return full;
    }
    return undefined;
  }
}
