import { Param, Query } from '@nestjs/common';
import { DecisionLog } from '../../decisions/index.js';
import {
  type EchoEvent,
  EventArchive,
  type ListedEvent,
  eventsConfig,
  typeOf,
  withoutSecretHeaders,
} from '../../events/index.js';
import { Outbox } from '../../outbox/index.js';
import { NotFoundError } from '../../platform/errors/index.js';
import { type JsonObject, type JsonValue, stringifyJson } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { Page, Pages, textOf } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { shownTime } from '../rendering/times.js';
import { decisionsView } from './decision.view.js';
import { effectView } from './effect.view.js';

const SHOWN_ROWS = 100;

/** For reading: numbers lose how they were written, which `GET /events/{id}` keeps. */
const readable = (event: EchoEvent): string =>
  JSON.stringify(JSON.parse(stringifyJson(event as unknown as JsonValue)), null, 2);

const eventView = ({ inboxId, receivedAt, eventId, type, source, application, replayOf }: ListedEvent): JsonObject => ({
  at: shownTime(receivedAt),
  inboxId,
  eventId: eventId ?? inboxId,
  type,
  source: source ?? '',
  application: application ?? '',
  replayOf: replayOf ?? '',
});

type Asked = Readonly<Record<string, unknown>>;

const FIELDS = ['type', 'source', 'application', 'before'] as const;

const filterOf = (asked: Asked): Partial<Record<(typeof FIELDS)[number], string>> =>
  Object.fromEntries(FIELDS.map((name) => [name, textOf(asked[name])]).filter(([, text]) => text !== ''));

/** What came in, and everything about one event. */
@Pages('console/events')
export class EventsPage {
  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly archive: EventArchive,
    private readonly decisions: DecisionLog,
    private readonly outbox: Outbox,
    private readonly settings: Settings,
  ) {}

  @Page()
  async list(@Query() asked: Asked): Promise<string> {
    const filter = filterOf(asked);
    const events = await this.archive.list(filter, SHOWN_ROWS);
    const last = events.length < SHOWN_ROWS ? undefined : events.at(-1)?.inboxId;
    const older = last ? `?${new URLSearchParams({ ...filter, before: last })}` : '';
    return this.renderer.page('events', { ...filter, rows: events.map(eventView), older });
  }

  @Page(':id')
  async one(@Param('id') id: string): Promise<string> {
    const found = await this.archive.find(id);
    if (!found) throw new NotFoundError(`There is no event ${id}, or it is too long ago.`);
    const { inboxId, receivedAt, replayOf = '' } = found;
    const event = withoutSecretHeaders(found.event, this.settings.get(eventsConfig.keepHeaders));
    const effects = await this.outbox.list({ inboxId }, SHOWN_ROWS);
    return this.renderer.page('event', {
      inboxId,
      replayOf,
      at: shownTime(receivedAt),
      type: typeOf(event),
      text: readable(event),
      decisions: decisionsView(await this.decisions.ofEvent(inboxId)),
      effects: effects.map(effectView),
    });
  }
}
