import { Body, Controller, Get, Header, HttpCode, Logger, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { z } from 'zod';
import { Requires } from '../platform/access/index.js';
import { NotFoundError } from '../platform/errors/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../platform/json/index.js';
import { instantOf, isoOf, limitOf, requestBody, wordOf } from '../platform/query/index.js';
import { Settings } from '../platform/settings/index.js';
import { bodyText } from '../platform/web/index.js';
import { EventArchive } from './event-archive.js';
import type { EventFilter, ListedEvent } from './event-filter.js';
import { eventsConfig } from './events.config.js';
import { Replay, type Replayed, type ReplayedEvent } from './replay.js';
import { withoutSecretHeaders } from './secret-headers.js';

type Asked = Readonly<Record<string, string | undefined>>;

const replayRequest = z.strictObject({
  type: z.string().optional(),
  source: z.string().optional(),
  application: z.string().optional(),
  from: z.string(),
  to: z.string().optional(),
  limit: z.number().int().optional(),
  /** Nothing happens by accident: who leaves it out learns what would happen. */
  dryRun: z.boolean().default(true),
});

const shown = (event: ListedEvent): object => ({ ...event, receivedAt: isoOf(event.receivedAt) });

function filterOf({ type, source, application, from, to, state, before }: Asked): EventFilter {
  return {
    ...(type !== undefined && { type }),
    ...(source !== undefined && { source }),
    ...(application !== undefined && { application }),
    ...(from !== undefined && { from: instantOf('from', from) }),
    ...(to !== undefined && { to: instantOf('to', to) }),
    ...(state !== undefined && { state: wordOf('state', ['open', 'done'] as const, state) }),
    ...(before !== undefined && { before }),
  };
}

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
  async list(@Query() asked: Asked): Promise<{ readonly events: object[]; readonly next: string | null }> {
    const limit = limitOf(asked.limit);
    const events = await this.archive.list(filterOf(asked), limit);
    return { events: events.map(shown), next: events.length < limit ? null : (events.at(-1)?.inboxId ?? null) };
  }

  @Requires('operate')
  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes recorded events of a range of time in again; only counts them unless dryRun is false',
  })
  async replayRange(@Body() body: Buffer | undefined): Promise<Replayed> {
    const { dryRun, limit, ...asked } = requestBody(replayRequest, parseJson(bodyText(body)));
    const replayed = await this.replay.run(filterOf(asked), limitOf(limit?.toString()), dryRun);
    if (!dryRun) this.log.warn(`${replayed.replays.length} events are replayed, as an operator wants.`);
    return replayed;
  }

  @Requires('operate')
  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes one recorded event in again' })
  async replayOne(@Param('id') id: string): Promise<ReplayedEvent> {
    const replayed = await this.replay.one(id);
    this.log.warn(`Event ${replayed.of} is replayed as ${replayed.inboxId}, as an operator wants.`);
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
    const { inboxId, receivedAt, replayOf = null } = found;
    return stringifyJson({ inboxId, receivedAt: isoOf(receivedAt), replayOf, event } as unknown as JsonValue);
  }
}
