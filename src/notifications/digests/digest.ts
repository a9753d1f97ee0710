import type { NewEffect } from '../../outbox/index.js';
import { isoOf } from '../../platform/query/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import type { NewNotification } from '../delivery/notification.js';
import { executionLink, pathSegment } from '../events/links.js';
import { type Occasion, momentOf } from '../events/occasion.js';
import { word } from '../events/phrases.js';
import { eventSubject } from '../events/subject.js';

/** The kind of effects that are digests. */
export const DIGEST = 'digest';

/** One message in place of many: to one address, for one window of time. Times are milliseconds since the epoch. */
export interface Digest {
  readonly key: string;
  readonly channel: string;
  readonly address: string;
  readonly from: number;
  /** When it is sent. */
  readonly due: number;
}

/** What a digest says of one notification. */
export type Line = {
  readonly text: string;
  readonly link: string;
};

export function lineOf(occasion: Occasion, baseUrl: string): Line {
  const link = executionLink(baseUrl, occasion, pathSegment(word(occasion.application)));
  return { text: textOf(occasion), link };
}

function textOf(occasion: Occasion): string {
  try {
    return eventSubject(occasion);
  } catch {
    // A stage without a name makes no subject; a line is short of a few words then.
    return `${word(occasion.application)}: ${momentOf(occasion)}`;
  }
}

/**
 * The notifications as they are gathered, recorded and not sent, and the digest that will tell of them. It is the same
 * effect for all that fall into its window: whoever comes first writes it down.
 */
export function gathered(notifications: readonly NewNotification[], digest: Digest, line: Line): NewEffect[] {
  const suppressedBy = `gathered for the digest at ${isoOf(digest.due)}`;
  return [
    ...notifications.map((one) => ({ ...one, payload: { ...one.payload, digest: digest.key, line }, suppressedBy })),
    { kind: DIGEST, key: digest.key, payload: digest, identity: NOBODY, cause: {}, notBefore: digest.due },
  ];
}
