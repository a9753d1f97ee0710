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

type Part = 'subject' | 'body';

interface Wanted {
  readonly request: DirectNotification;
  readonly group: string;
  readonly part: Part;
  readonly medium: Medium;
}

const JUDGMENT = ['source.application', 'stageName'];
const CONTINUED = [...JUDGMENT, 'judgedBy'];

/** What the texts of a group cannot do without: members of `additionalContext`, and the application that sends them. */
const REQUIRED: Readonly<Record<string, Readonly<Record<Part, readonly string[]>>>> = {
  manualJudgment: { subject: JUDGMENT, body: JUDGMENT },
  manualJudgmentContinue: { subject: CONTINUED, body: CONTINUED },
  manualJudgmentStop: { subject: JUDGMENT, body: JUDGMENT },
  keelIntent: { subject: ['intentId', 'subject'], body: ['eventKind', 'intentId', 'body'] },
  swabbie: { subject: ['resourceType'], body: ['resourceType', 'resources'] },
};

function checkComplete({ request: { additionalContext, source }, group, part }: Wanted): void {
  const given: JsonObject = { ...additionalContext, 'source.application': source?.application ?? null };
  const missing = (REQUIRED[group]?.[part] ?? []).filter((member) => (given[member] ?? null) === null);
  if (missing.length > 0) throw new InvalidRequestError(`The texts of ${group} need ${missing.join(', ')}.`);
}

/** Members of `additionalContext` that hold the sender's own markup: HTML in Markdown. */
const MARKUP = ['instructions', 'message'];
/** Those that the sender wrote for the channel. */
const FOR_THE_CHANNEL = ['subject', 'body'];

/** What an author wrote, made for the medium: HTML for those that read it, and no markup of another channel. */
function authoredFor(medium: Medium, member: string, text: string): string {
  if (medium === 'html') return sanitizeHtml(markdownToHtml(text)).trim();
  return (MARKUP.includes(member) ? htmlToText(text) : text).trim();
}

/** Slack takes an address as it stands, up to what ends it. */
const slackAddress = (url: string): string => url.replace(/[<>|]/g, (character) => encodeURIComponent(character));

/** The values that are not escaped: they were made for the medium. */
function markup({ additionalContext: context }: DirectNotification, medium: Medium, url: string): JsonObject {
  const authored = [...MARKUP, ...FOR_THE_CHANNEL].flatMap((member) => {
    const text = context[member];
    return typeof text === 'string' ? [[member, authoredFor(medium, member, text)] as const] : [];
  });
  return { ...Object.fromEntries(authored), ...(medium === 'slack' && { url: slackAddress(url) }) };
}

/** Words direct notifications by the templates of a group: `{group}/{part}-{type}`, else `{group}/{part}`. */
@Injectable()
export class GroupTexts {
  constructor(
    private readonly templates: Templates,
    private readonly settings: Settings,
  ) {}

  render(wanted: Wanted): string {
    checkComplete(wanted);
    const { request, group, part, medium } = wanted;
    const special = `${group}/${part}-${request.notificationType.toLowerCase()}`;
    const name = this.templates.has(special) ? special : `${group}/${part}`;
    const url = judgmentLink(this.settings.get(spinnakerConfig.baseUrl), request);
    const values = { ...this.values(request), url, medium };
    return this.templates.render(name, medium, values, markup(request, medium, url)).trim();
  }

  private values(request: DirectNotification): JsonObject {
    const { additionalContext: context, source = {}, notificationType, templateGroup = null } = request;
    const { to = [], cc } = request;
    const execution = objectOf(context['execution']);
    const { number = null } = objectOf(objectOf(execution['trigger'])['buildInfo']);
    const present = Object.fromEntries(Object.entries(source).map(([name, value]) => [name, value ?? null]));
    return {
      ...context,
      baseUrl: this.settings.get(spinnakerConfig.baseUrl),
      notification: { notificationType, to, cc, templateGroup, source: present, additionalContext: context },
      application: source.application ?? null,
      executionId: source.executionId ?? null,
      executionName: execution['name'] ?? null,
      buildNumber: number === null ? null : javaText(number),
      resources: resourcesOf(context),
    };
  }
}
