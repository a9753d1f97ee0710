import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonObject, javaText } from '../../platform/json/index.js';
import { Settings, spinnakerConfig } from '../../platform/settings/index.js';
import { objectOf } from '../events/occasion.js';
import type { Medium } from '../templates/medium.js';
import { Templates } from '../templates/templates.js';
import { htmlToText } from '../text/html-text.js';
import { markdownToHtml } from '../text/markdown.js';
import { sanitizeHtml } from '../text/sanitize.js';
import { judgmentLink } from './judgment-link.js';
import { resourcesOf } from './cleanup-resources.js';
import type { DirectNotification } from './direct-notification.js';

interface Wanted {
  readonly request: DirectNotification;
  readonly group: string;
  readonly part: 'subject' | 'body';
  readonly medium: Medium;
}

/** What a group cannot do without, as members of `additionalContext`. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  manualJudgment: ['stageName'],
  manualJudgmentContinue: ['stageName', 'judgedBy'],
  manualJudgmentStop: ['stageName'],
  keelIntent: ['intentId'],
  swabbie: ['resourceType'],
};

/** Members of `additionalContext` that hold the sender's own markup. */
const AUTHORED = ['instructions', 'message', 'subject', 'body'];

/** Markup that an author wrote, made for the medium: HTML stays HTML, chats and phones get text. */
function authoredFor(medium: Medium, text: string): string {
  return medium === 'html' ? sanitizeHtml(markdownToHtml(text)).trim() : htmlToText(text).trim();
}

/** Words direct notifications by the templates of a group: `{group}/{part}-{type}`, else `{group}/{part}`. */
@Injectable()
export class GroupTexts {
  constructor(
    private readonly templates: Templates,
    private readonly settings: Settings,
  ) {}

  render({ request, group, part, medium }: Wanted): string {
    const missing = (REQUIRED[group] ?? []).filter((member) => (request.additionalContext[member] ?? null) === null);
    if (missing.length > 0) throw new InvalidRequestError(`additionalContext lacks ${missing.join(', ')}.`);
    const special = `${group}/${part}-${request.notificationType.toLowerCase()}`;
    const name = this.templates.has(special) ? special : `${group}/${part}`;
    return this.templates.render(name, medium, this.values(request, medium), this.markup(request, medium)).trim();
  }

  private values(request: DirectNotification, medium: Medium): JsonObject {
    const { additionalContext: context, source = {}, notificationType, templateGroup = null } = request;
    const { to = [], cc } = request;
    const execution = objectOf(context['execution']);
    const { number = null } = objectOf(objectOf(execution['trigger'])['buildInfo']);
    const baseUrl = this.settings.get(spinnakerConfig.baseUrl);
    const present = Object.fromEntries(Object.entries(source).map(([name, value]) => [name, value ?? null]));
    return {
      ...context,
      baseUrl,
      notification: { notificationType, to, cc, templateGroup, source: present, additionalContext: context },
      application: source.application ?? null,
      executionId: source.executionId ?? null,
      executionName: execution['name'] ?? null,
      buildNumber: number === null ? null : javaText(number),
      url: judgmentLink(baseUrl, request),
      resources: resourcesOf(context),
      medium,
    };
  }

  private markup({ additionalContext: context }: DirectNotification, medium: Medium): JsonObject {
    const authored = AUTHORED.flatMap((member) => {
      const text = context[member];
      return typeof text === 'string' ? [[member, authoredFor(medium, text)] as const] : [];
    });
    return Object.fromEntries(authored);
  }
}
