import { type Identity, NOBODY, asUser, withRequestId } from '../platform/request-context/index.js';
import { grouped } from './grouped.js';

/** Who asks about which things: what runs as a user can be seen by that user. */
export interface Asker<T> {
  readonly identity: Identity;
  readonly about: readonly T[];
}

/** Sorts things by the user that they run as. */
export function askers<T>(things: readonly T[], userOf: (thing: T) => string | undefined): Asker<T>[] {
  return [...grouped(things, (thing) => userOf(thing) ?? '')].map(([user, about]) => ({
    identity: asUser(withRequestId(NOBODY), user || undefined),
    about,
  }));
}

/** At least one at once, whatever is configured. */
export function inChunks<T>(things: readonly T[], size: number): T[][] {
  const most = Math.max(1, size);
  return Array.from({ length: Math.ceil(things.length / most) }, (_, i) => things.slice(i * most, (i + 1) * most));
}
