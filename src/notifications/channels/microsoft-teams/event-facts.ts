import type { JsonObject } from '../../../platform/json/index.js';
import { executionLink } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { capitalized, cardTitle, stageName, word } from '../../events/phrases.js';
import { messageFor } from '../../events/preferences.js';

/** What a card tells of an event. */
export interface EventFacts {
  readonly title: string;
  readonly summary: string;
  readonly application: string;
  readonly description: string | undefined;
  readonly execution: string | undefined;
  readonly stage: string | undefined;
  readonly message: string | undefined;
  readonly status: string;
  readonly link: string;
  readonly color: string;
}

/** Compared ignoring case here, other than everywhere else (notifications.md §2.5). */
function verb(status: string): string {
  const is = status.toLowerCase() === 'starting' ? 'is' : 'has';
  return `${is} ${status.toLowerCase() === 'complete' ? 'completed successfully' : status}`;
}

function summaryOf(occasion: Occasion): string {
  const { kind, status, execution } = occasion;
  const application = word(occasion.application);
  if (kind === 'orchestration') return `${application}'s ${word(execution['id'])} task ${verb(status)}`;
  const whole = `${application}'s ${word(execution['name'])} pipeline ${verb(status)}`;
  return kind === 'stage' ? `Stage ${stageName(occasion) ?? 'null'} for ${whole}` : whole;
}

function colorOf(status: string): string {
  if (status.includes('failed')) return 'EB1A1A';
  return status.includes('complete') ? '73DB69' : '0076D7';
}

const given = (value: JsonObject[string] | undefined): string | undefined => (value ? word(value) : undefined);

export function eventFacts(preference: JsonObject, occasion: Occasion, baseUrl: string): EventFacts {
  const { execution, status, kind } = occasion;
  return {
    title: cardTitle(occasion),
    summary: summaryOf(occasion),
    application: word(occasion.application),
    description: given(execution['description']),
    execution: given(execution['name']),
    stage: kind === 'stage' ? stageName(occasion) : undefined,
    message: messageFor(preference, occasion),
    status: capitalized(status),
    link: executionLink(baseUrl, occasion),
    color: colorOf(status),
  };
}
