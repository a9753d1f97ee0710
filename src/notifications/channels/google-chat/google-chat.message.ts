import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import type { Occasion } from '../../events/occasion.js';
import { buildInfo, executionLabel, owner, stageLead, verbPhrase } from '../../events/phrases.js';
import { escapeHtml } from '../../text/escape.js';

export type GoogleChatMessage = {
  readonly url: string;
  readonly card: JsonObject;
};

const SPINNAKER = { openLink: { url: 'https://www.spinnaker.io/' } };
const ICON = 'https://avatars0.githubusercontent.com/u/7634182?s=200&v=4';

/** The card of the original, whose `cards` is one object (notifications.md §5.4). */
export const card = (text: string): JsonObject => ({
  cards: {
    sections: [
      {
        widgets: [
          { textParagraph: { text } },
          {
            buttons: [
              { imageButton: { iconUrl: ICON, onClick: SPINNAKER } },
              { textButton: { text: 'From Spinnaker', onClick: SPINNAKER } },
            ],
          },
        ],
      },
    ],
  },
});

/**
 * The webhook that an address means: a whole one, or what comes after `/v1/spaces/`. The query, which holds the key,
 * stays as it is. Throws a 400 for a webhook elsewhere.
 */
export function webhookOf(address: string, baseUrl: string): string {
  const spaces = `${baseUrl.replace(/\/$/, '')}/v1/spaces/`;
  const url = /^[a-z][a-z+.-]*:/i.test(address) ? address : spaces + address;
  if (url.startsWith(spaces) && url.length > spaces.length && URL.canParse(url)) return url;
  throw new InvalidRequestError(`Invalid Google Chat webhook: it has to begin with ${spaces}`, 'invalid-address');
}

export function googleChatText(occasion: Occasion, link: string): string {
  const info = buildInfo(occasion);
  const build = info ? `build #<a href="${escapeHtml(info.url)}">${info.number}</a> ` : '';
  const whose = escapeHtml(owner(occasion));
  const label = `<a href="${link}">${escapeHtml(executionLabel(occasion))}</a>`;
  return `${escapeHtml(stageLead(occasion))}${whose}'s ${label} ${build}pipeline ${verbPhrase(occasion.status)}`;
}
