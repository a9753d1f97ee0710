import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonValue, describeValue } from '../../platform/json/index.js';
import type { Medium } from '../templates/medium.js';
import { htmlToText } from '../text/html-text.js';
import { markdownToHtml } from '../text/markdown.js';
import type { DirectNotification } from './direct-notification.js';
import { GroupTexts } from './group-texts.js';

export type Part = 'subject' | 'body';

const CUSTOM: Readonly<Record<Part, string>> = { subject: 'customSubject', body: 'customBody' };

/** Which markup a channel reads; all others read plain text. */
const MEDIA: Readonly<Record<string, Medium>> = { EMAIL: 'html', GOOGLECHAT: 'html', SLACK: 'slack' };

function given({ additionalContext }: DirectNotification, part: Part): JsonValue {
  return additionalContext[CUSTOM[part]] || (additionalContext[part] ?? null);
}

/** What the sender wrote, formatted as the sender asked for (notifications.md §3.5). */
function formatted(request: DirectNotification, part: Part): string {
  const { formatter } = request.additionalContext;
  const text = given(request, part);
  if (text === null && formatter === 'TEXT') throw new InvalidRequestError('String input must not be null');
  if (typeof text !== 'string') {
    throw new InvalidRequestError(
      `additionalContext.${part}: expected a text, got ${describeValue(text ?? undefined)}`,
    );
  }
  if (formatter === 'MARKDOWN') return text;
  return formatter === 'TEXT' ? htmlToText(text) : markdownToHtml(text);
}

/** The subject and the body of direct notifications: by the templates of a group, or what the sender wrote. */
@Injectable()
export class DirectTexts {
  constructor(private readonly groups: GroupTexts) {}

  subject(request: DirectNotification): string {
    return this.text(request, 'subject');
  }

  body(request: DirectNotification): string {
    return this.text(request, 'body');
  }

  private text(request: DirectNotification, part: Part): string {
    const { templateGroup, notificationType } = request;
    if (templateGroup === undefined) return formatted(request, part);
    const type = notificationType.toUpperCase();
    // A subject is a line of text wherever it stands.
    const medium = part === 'subject' && type !== 'SLACK' ? 'plain' : (MEDIA[type] ?? 'plain');
    return this.groups.render({ request, group: templateGroup, part, medium });
  }
}
