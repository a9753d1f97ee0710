import type { JsonObject } from '../../../platform/json/index.js';
import type { Occasion } from '../../events/occasion.js';
import { buildInfo, executionLabel, owner, stageLead, verbPhrase } from '../../events/phrases.js';
import { escapeSlack } from '../../text/escape.js';

/** A post to one channel. `via` names the settings of whoever posts it. */
export type SlackMessage = {
  readonly via: 'bot' | 'app';
  /** Whether it goes to the chat API although the settings name an incoming webhook. */
  readonly chatApi: boolean;
  readonly channel: string | null;
  readonly attachment: JsonObject;
};

export interface Button {
  readonly name: string;
  readonly text: string;
  readonly value: string;
}

interface Draft {
  readonly title: string;
  readonly text: string;
  readonly color: string;
  readonly callbackId?: string;
  readonly buttons?: readonly Button[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export const COLORS: Readonly<Record<string, string>> = { failed: '#B82525', starting: '#2275B8', complete: '#769D3E' };
export const OTHER_COLOR = '#CCCCCC';

/** The members in the order in which the original writes them (notifications.md §5.2). */
export const fullAttachment = ({ title, text, color, callbackId, buttons = [], at }: Draft): JsonObject => ({
  title,
  text,
  color,
  fallback: text,
  callback_id: callbackId ?? null,
  actions: buttons.map(({ name, text: label, value }) => ({ type: 'button', name, text: label, value })),
  footer_icon: 'https://avatars0.githubusercontent.com/u/7634182?s=200&v=4',
  footer: 'Spinnaker',
  mrkdwn_in: ['text'],
  ts: Math.floor(at / 1000),
});

export const compactAttachment = (text: string, color: string): JsonObject => ({
  fallback: text,
  text,
  color,
  mrkdwn_in: ['text'],
});

/** `Stage bake for Shop's <…|deploy> build <…|7> pipeline has failed`. */
export function slackText(occasion: Occasion, link: string): string {
  const build = buildInfo(occasion);
  const before = build ? ` build <${build.url}|${build.number}> ` : ' ';
  const whose = escapeSlack(stageLead(occasion) + owner(occasion));
  return `${whose}'s <${link}|${escapeSlack(executionLabel(occasion))}>${before}pipeline ${verbPhrase(occasion.status)}`;
}
