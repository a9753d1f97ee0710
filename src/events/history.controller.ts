import { Body, Controller, Get, Header, HttpCode, Logger, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import { NotFoundError } from '../platform/errors/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../platform/json/index.js';
import { isoOf, limitOf } from '../platform/query/index.js';
import { Settings } from '../platform/settings/index.js';
import { type WebRequest, bodyText, changerOf } from '../platform/web/index.js';
import { EventArchive } from './event-archive.js';
import { type AskedEvents, type ListedEvent, eventFilterOf } from './event-filter.js';
import { eventsConfig } from './events.config.js';
import { Replay, type Replayed, type ReplayedEvent } from './replay.js';
import { readReplayRequest } from './replay-request.js';
import { withoutSecretHeaders } from './secret-headers.js';

const shown = (event: ListedEvent): object => ({ ...event, receivedAt: isoOf(event.receivedAt) });

/** What came in, and taking it in again. */
@ApiTags('events')
@Requires('read')
@Controller('events')
export class HistoryController {
  private readonly log = new Logger('Inbox');

  constructor(
    private readonly archive: EventArchive,
    private readonly replay: Replay,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Events, newest first, by type, source, application, time, state; `next` leads on' })
  async list(@Query() asked: AskedEvents): Promise<{ readonly events: object[]; readonly next: string | null }> {
    const limit = limitOf(asked.limit);
    const events = await this.archive.list(eventFilterOf(asked), limit);
    return { events: events.map(shown), next: events.length < limit ? null : (events.at(-1)?.inboxId ?? null) };
  }

  @Requires('operate')
  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes recorded events in again, those named or those of a range; only counts them unless dryRun is false',
  })
  async replayMany(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<Replayed> {
    const by = changerOf(request);
    const { ids, filter, limit, dryRun } = readReplayRequest(parseJson(bodyText(body)));
    const options = { dryRun, by };
    const replayed = await (ids ? this.replay.named(ids, options) : this.replay.range(filter, limit, options));
    if (!dryRun) this.log.warn(`${by} has ${replayed.replays.length} events replayed.`);
    return replayed;
  }

  @Requires('operate')
  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes one recorded event in again' })
  async replayOne(@Param('id') id: string, @Req() request: WebRequest): Promise<ReplayedEvent> {
    const by = changerOf(request);
    const replayed = await this.replay.one(id, by);
    this.log.warn(`${by} has event ${replayed.of} replayed as ${replayed.inboxId}.`);
    return replayed;
  }

  @Get(':id')
  // Numbers are to be shown as they came, so the answer is written here.
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: "The latest event with this id, the sender's or Echo's own" })
  async one(@Param('id') id: string): Promise<string> {
    const found = await this.archive.find(id);
    if (!found) throw new NotFoundError(`There is no event ${id}, or it is too long ago.`);
    const event = withoutSecretHeaders(found.event, this.settings.get(eventsConfig.keepHeaders));
    const { inboxId, receivedAt, replayOf = null, replayedBy = null } = found;
    return stringifyJson({
      inboxId,
      receivedAt: isoOf(receivedAt),
      replayOf,
      replayedBy,
      event,
    } as unknown as JsonValue);
  }
}
