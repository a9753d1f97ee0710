import type { EchoEvent } from '../events/index.js';
import { type JsonObject, isJsonObject, memberOf } from '../platform/json/index.js';

/** Kind of the effects that tell igor how a build stands. */
export const BUILD_CHANGE = 'cloud-build';

/** How a build stands now. */
export interface BuildChange {
  readonly account: string;
  readonly buildId: string;
  readonly status: string;
  /** Google's message, as it came. */
  readonly message: string;
}

const textIn = (source: JsonObject, name: string): string | undefined => {
  const value = memberOf(source, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Reads the event of a message; nothing where it does not name build and status. */
export function buildChangeOf({ content }: EchoEvent): BuildChange | undefined {
  const description = content && memberOf(content, 'messageDescription');
  const attributes = isJsonObject(description) ? memberOf(description, 'messageAttributes') : undefined;
  if (!isJsonObject(description) || !isJsonObject(attributes)) return undefined;
  const account = textIn(description, 'subscriptionName');
  const message = textIn(description, 'messagePayload');
  const [buildId, status] = [textIn(attributes, 'buildId'), textIn(attributes, 'status')];
  if (!account || !message || !buildId || !status) return undefined;
  return { account, buildId, status, message };
}
