import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { judgmentLink } from '../../direct/judgment-link.js';
import type { Occasion } from '../../events/occasion.js';
import { directAdaptiveCard, eventAdaptiveCard } from './adaptive-card.js';
import { CardTemplates } from './card-templates.js';
import { DIRECT_COLOR } from './direct-facts.js';
import { type EventFacts, eventFacts } from './event-facts.js';
import { directMessageCard, eventMessageCard } from './message-card.js';
import { microsoftTeamsConfig } from './microsoft-teams.config.js';

/** Makes cards: the operator's, or the built-in ones of the format that the operator chose. */
@Injectable()
export class Cards {
  constructor(
    private readonly templates: CardTemplates,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: JsonObject, occasion: Occasion): JsonObject {
    const facts = eventFacts(preference, occasion, this.baseUrl);
    if (this.isMessageCard) return eventMessageCard(facts, randomUUID());
    return this.templates.render('pipeline-notification', this.valuesOf(facts, occasion)) ?? eventAdaptiveCard(facts);
  }

  forRequest(request: DirectNotification): JsonObject {
    if (!request.source) throw new InvalidRequestError('source is missing: say whose execution the card leads to.');
    const link = judgmentLink(this.baseUrl, request);
    const facts = { message: this.texts.subject(request), summary: this.texts.body(request), link };
    if (this.isMessageCard) return directMessageCard(facts, randomUUID());
    const { additionalContext, source = {} } = request;
    const values = {
      ...{ correlationId: randomUUID(), summary: facts.summary, message: facts.message, executionUrl: link },
      ...{ themeColor: DIRECT_COLOR, spinnakerUrl: this.baseUrl, interactiveActions: null },
      notification: {
        source: Object.fromEntries(Object.entries(source).map(([k, v]) => [k, v ?? null])),
        additionalContext,
      },
    };
    return this.templates.render('event-notification', values) ?? directAdaptiveCard(facts);
  }

  private get baseUrl(): string {
    return this.settings.get(spinnakerConfig.baseUrl);
  }

  private get isMessageCard(): boolean {
    return this.settings.get(microsoftTeamsConfig.format) === 'messageCard';
  }

  private valuesOf(facts: EventFacts, { kind, content }: Occasion): JsonObject {
    return {
      correlationId: randomUUID(),
      summary: facts.summary,
      cardTitle: facts.title,
      themeColor: facts.color,
      applicationName: facts.application,
      executionName: facts.execution ?? '',
      executionUrl: facts.link,
      eventName: facts.stage ?? '',
      eventNameLabel: kind === 'stage' ? 'Stage Name' : 'Event Name',
      description: facts.description ?? '',
      customMessage: facts.message ?? '',
      status: facts.status,
      spinnakerUrl: this.baseUrl,
      event: content,
      configType: kind,
    };
  }
}
