import type { JsonObject } from '../../../platform/json/index.js';
import { DIRECT_COLOR, type DirectFacts } from './direct-facts.js';
import type { EventFacts } from './event-facts.js';

interface Draft {
  readonly correlationId: string;
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string | undefined])[];
  readonly summary: string;
  readonly color: string;
  readonly link: string;
}

/** The cards that Office connectors read, as the original sends them (notifications.md §5.5). */
function messageCard({ correlationId, title, facts, summary, color, link }: Draft): JsonObject {
  const section = {
    activityTitle: title,
    facts: facts.flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    potentialAction: [
      {
        '@type': 'OpenUri',
        name: 'View Execution',
        targets: [{ os: 'default', uri: link }],
        isMultiSelect: false,
      },
    ],
  };
  return {
    '@context': 'http://schema.org/extensions',
    '@type': 'MessageCard',
    correlationId,
    sections: [section],
    summary,
    themeColor: color,
    title: 'Spinnaker Notification',
  };
}

export function eventMessageCard(facts: EventFacts, correlationId: string): JsonObject {
  const { title, summary, color, link } = facts;
  const named = [
    ['Application Name', facts.application],
    ['Description', facts.description],
    ['Execution Name', facts.execution],
    ['Stage Name', facts.stage],
    ['Message', facts.message],
    ['Status', facts.status],
    ['Summary', summary],
  ] as const;
  return messageCard({ correlationId, title, facts: named, summary, color, link });
}

export function directMessageCard({ message, summary, link }: DirectFacts, correlationId: string): JsonObject {
  const facts = [
    ['Message', message],
    ['Summary', summary],
  ] as const;
  return messageCard({ correlationId, title: 'Event Notification', facts, summary, color: DIRECT_COLOR, link });
}
