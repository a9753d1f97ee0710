import { publicationOf, type EchoEvent } from '../../../events/index.js';
import { stringifyJson } from '../../../platform/json/index.js';
import type { DirectNotification } from '../../direct/direct-notification.js';

/** What a publisher of a message broker is to send. */
export type PubsubNotification = {
  readonly publisher: string;
  readonly content?: 'NOTIFICATIONS';
  readonly data: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** The whole event, for a publisher that is for notifications (edges.md §5.5). */
export const aboutEvent = (publisher: string, event: EchoEvent): PubsubNotification => ({
  publisher,
  content: 'NOTIFICATIONS',
  ...publicationOf(event),
});

/** What a service wants published, through a publisher of any kind. */
export function asRequested(publisher: string, { additionalContext, source }: DirectNotification): PubsubNotification {
  const attributes = { application: source?.application, type: source?.executionType };
  const said = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { publisher, data: stringifyJson(additionalContext), attributes: Object.fromEntries(said) };
}
