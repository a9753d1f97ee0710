import type { Occasion } from '../../events/occasion.js';
import { buildInfo, executionLabel, owner, stageLead, verbPhrase } from '../../events/phrases.js';

export type SmsMessage = {
  readonly to: string | null;
  readonly text: string;
};

/** Characters that Twilio takes for one message; it refuses longer ones. */
const LIMIT = 1600;

/** The text cut to what can be sent. */
export const fitting = (text: string): string => (text.length <= LIMIT ? text : `${text.slice(0, LIMIT - 1)}…`);

/** One line, with the build on both sides of the word as ever: people filter on it (notifications.md §2.6). */
export function smsText(occasion: Occasion, link: string): string {
  const info = occasion.kind === 'pipeline' ? buildInfo(occasion) : undefined;
  const build = info ? `build #${info.number} ` : '';
  const whose = `${owner(occasion)}'s ${executionLabel(occasion)}`;
  return `${stageLead(occasion)}${whose} ${build} pipeline ${build} ${verbPhrase(occasion.status)} ${link}`;
}
