import type { Occasion } from '../../events/occasion.js';
import { buildInfo, executionLabel, owner, stageLead, verbPhrase } from '../../events/phrases.js';

export type BearychatMessage = {
  /** Mail address of the user. */
  readonly to: string;
  readonly text: string;
  /** Empty, or a space in direct notifications, as in the original. */
  readonly attachments: string;
};

export function bearychatText(occasion: Occasion, link: string): string {
  const info = buildInfo(occasion);
  const build = info ? `build #<a href="${info.url}">${info.number}</a> ` : '';
  const whose = `${owner(occasion)}'s ${executionLabel(occasion)}`;
  const what = `${stageLead(occasion)}${whose} ${build} pipeline ${verbPhrase(occasion.status)}.`;
  return `${what}  To see more details, please visit: ${link}`;
}
