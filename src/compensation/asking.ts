import { grouped } from '../platform/lists/index.js';
import { type Identity, NOBODY, asUser, withRequestId } from '../platform/request-context/index.js';

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
