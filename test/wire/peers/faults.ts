import type { Fault, PeerName } from '../recording.js';

/** The faults of the case that is being played; each goes wrong its number of times, in the order of the case. */
export class Faults {
  private pending: { fault: Fault; left: number }[] = [];

  /** Forgets what is left of the last case. */
  set(faults: readonly Fault[]): void {
    this.pending = faults.map((fault) => ({ fault, left: fault.times }));
  }

  /** The fault that this request meets, if any; it counts as met. */
  meet(peer: PeerName, url: string): Fault | undefined {
    const entry = this.pending.find(
      ({ fault, left }) => left > 0 && fault.peer === peer && new RegExp(fault.url).test(url),
    );
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}
