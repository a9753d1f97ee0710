import type { JsonObject } from '../../platform/json/index.js';
import { filledIn } from './links.js';
import type { Occasion } from './occasion.js';
import { messageFor, textOf } from './preferences.js';

/** The text of a chat post: the author's own, or the standard one with what the author has to add below it. */
export function chatText(preference: JsonObject, occasion: Occasion, link: string, standard: () => string): string {
  const custom = textOf(preference, 'customMessage') ?? textOf(occasion.context, 'customMessage');
  if (custom !== undefined) return filledIn(custom, occasion, link);
  const addition = messageFor(preference, occasion);
  return addition === undefined ? standard() : `${standard()}\n\n${addition}`;
}
