import { checkedAddresses } from './addresses.js';

/** A mail, ready to be sent but for its sender. */
export type EmailMessage = {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

/** A header is one line: breaks inside become a space (decisions.md 23). */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

interface Draft {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The mail, or none where it has no recipient at all. Throws a 400 for a recipient that is none. */
export function emailMessages({ to, cc, subject, html, text }: Draft): readonly EmailMessage[] {
  const message = { to: checkedAddresses(to), cc: checkedAddresses(cc), subject: oneLine(subject), html, text };
  return message.to.length + message.cc.length === 0 ? [] : [message];
}
