import type { JsonObject, JsonValue } from '../../../platform/json/index.js';
import type { DirectFacts } from './direct-facts.js';
import type { EventFacts } from './event-facts.js';

/** A card as workflows and webhooks of Teams take it (newer.md §5.2). */
export const envelope = (content: JsonObject): JsonObject => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

function adaptiveCard(body: readonly JsonValue[], link: string): JsonObject {
  return envelope({
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
    actions: [{ type: 'Action.OpenUrl', title: 'View in Spinnaker', url: link }],
  });
}

const STYLES: Readonly<Record<string, string>> = { EB1A1A: 'attention', '73DB69': 'good' };

/** Cards read a little Markdown: a value is to stay what it is. */
const plain = (value: string): string => value.replace(/[\\`*_[\]]/g, (character) => `\\${character}`);

const title = (text: string): JsonObject => ({
  type: 'TextBlock',
  text,
  weight: 'Bolder',
  size: 'Large',
  wrap: true,
});

export function eventAdaptiveCard(facts: EventFacts): JsonObject {
  const listed = [
    ['Application', plain(facts.application)],
    ['Execution', facts.execution && plain(facts.execution)],
    ['Stage Name', facts.stage && plain(facts.stage)],
    ['Description', facts.description && plain(facts.description)],
    ['Message', facts.message],
    ['Status', facts.status],
  ] as const;
  const style = STYLES[facts.color] ?? 'emphasis';
  const head = { type: 'Container', style, bleed: true, items: [title(plain(facts.title))] };
  const summary = { type: 'TextBlock', text: plain(facts.summary), wrap: true, spacing: 'Medium' };
  const set = listed.flatMap(([name, value]) => (value ? [{ title: name, value }] : []));
  return adaptiveCard([head, summary, { type: 'FactSet', facts: set }], facts.link);
}

export function directAdaptiveCard({ message, summary, link }: DirectFacts): JsonObject {
  const block = (name: string, text: string): JsonObject => ({
    type: 'TextBlock',
    text: `**${name}:** ${text}`,
    wrap: true,
    spacing: 'Small',
  });
  return adaptiveCard([title('Spinnaker Notification'), block('Message', message), block('Summary', summary)], link);
}
