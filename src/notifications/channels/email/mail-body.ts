import { Injectable } from '@nestjs/common';
import { type JsonObject, stringifyJson } from '../../../platform/json/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { type Occasion, momentOf } from '../../events/occasion.js';
import { executionLabel, stageName, word } from '../../events/phrases.js';
import { messageFor } from '../../events/preferences.js';
import { Templates } from '../../templates/templates.js';
import { escapeHtml } from '../../text/escape.js';
import { htmlToText } from '../../text/html-text.js';
import { markdownToHtml } from '../../text/markdown.js';
import { sanitizeHtml } from '../../text/sanitize.js';

/** The alternatives; the second for those who read no HTML. */
export interface MailBody {
  readonly html: string;
  readonly text: string;
}

interface Standard {
  readonly occasion: Occasion;
  readonly preference: JsonObject;
  readonly subject: string;
  readonly link: string;
}

/** The colour of the bar above a mail, by the status. */
const COLORS: Readonly<Record<string, string>> = { starting: '#2275b8', complete: '#769d3e', failed: '#b82525' };
const OTHER_COLOR = '#6b7280';

const asItIs = (html: string): MailBody => ({
  html,
  text: htmlToText(html.replace(/<head\b[^]*?<\/head>/i, '')).trim(),
});

const preformatted = (text: string): string => `<div style="white-space:pre-wrap">${escapeHtml(text)}</div>`;

const authoredHtml = (markdown: string): string => sanitizeHtml(markdownToHtml(markdown));

/** Makes the two alternatives of a mail, HTML and plain text. */
@Injectable()
export class MailBodies {
  constructor(
    private readonly templates: Templates,
    private readonly settings: Settings,
  ) {}

  /** The mail of everybody who wrote none of their own. */
  standard({ occasion, preference, subject, link }: Standard): MailBody {
    const { application, execution, status, kind, content } = occasion;
    const message = messageFor(preference, occasion);
    const values = {
      subject,
      link,
      application: word(application),
      execution: executionLabel(occasion),
      executionId: word(execution['id']),
      name: word(execution['name']),
      stage: kind === 'stage' ? (stageName(occasion) ?? null) : null,
      type: kind,
      status,
      moment: momentOf(occasion),
      color: COLORS[status] ?? OTHER_COLOR,
      baseUrl: this.settings.get(spinnakerConfig.baseUrl),
      // Built only for templates that ask for it: an execution may be large.
      ...(this.templates.asksFor('mail/event-html', 'event') && { event: stringifyJson(content) }),
    };
    const html = message === undefined ? null : authoredHtml(message);
    return {
      html: this.templates.render('mail/event-html', 'html', values, { message: html }),
      text: this.templates.render('mail/event-text', 'plain', values, { message: html && htmlToText(html).trim() }),
    };
  }

  /** What the author wrote, in Markdown, in place of the standard body. */
  authored(subject: string, markdown: string): MailBody {
    return this.framed(subject, authoredHtml(markdown));
  }

  /**
   * The body of a direct notification. Mails are HTML whatever the sender's formatter made: Markdown becomes HTML, and
   * a text that is to stay one is shown as it stands.
   */
  direct(subject: string, body: string, { templateGroup, additionalContext }: DirectNotification): MailBody {
    if (templateGroup !== undefined) return /<html\b/i.test(body) ? asItIs(body) : this.framed(subject, body);
    switch (additionalContext['formatter']) {
      case 'TEXT':
        return { ...this.framed(subject, preformatted(body)), text: body.trim() };
      case 'MARKDOWN':
        return { ...this.authored(subject, body), text: body.trim() };
      default:
        return this.framed(subject, sanitizeHtml(body));
    }
  }

  private framed(subject: string, body: string): MailBody {
    const html = this.templates.render('mail/frame-html', 'html', { subject }, { body });
    return { html, text: htmlToText(body).trim() };
  }
}
