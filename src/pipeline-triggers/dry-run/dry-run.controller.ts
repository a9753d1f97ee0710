import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { EventArchive, type ReceivedEvent, typeOf } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { NotFoundError } from '../../platform/errors/index.js';
import { newUlid } from '../../platform/ids/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import { type WebRequest, callerOf, jsonText } from '../../platform/web/index.js';
import { DryRun } from './dry-run.js';
import { type DryRunRequest, readDryRunRequest } from './dry-run-request.js';

/** What an event would start, and with which bodies; nothing is started. */
@ApiTags('decisions')
@Requires('read')
@Controller('events/dry-run')
export class DryRunController {
  constructor(
    private readonly dryRun: DryRun,
    private readonly archive: EventArchive,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  // Numbers in a body are to be shown as they would be sent, so the answer is written here.
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'What an event, or a recorded one, would start; against the loaded pipelines or given ones',
  })
  async run(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<string> {
    const asked = readDryRunRequest(parseJson(jsonText(body, request)), this.clock.now());
    const received = await this.eventOf(asked, request);
    const { event } = received;
    const outcome = await this.dryRun.of(received, asked.pipelines?.pipelines);
    const skipped = asked.pipelines && { skipped: asked.pipelines.skipped };
    const answer = { eventId: event.eventId, eventType: typeOf(event), ...outcome, ...skipped };
    return stringifyJson(answer as unknown as JsonValue);
  }

  private async eventOf({ event }: DryRunRequest, request: WebRequest): Promise<ReceivedEvent> {
    const now = this.clock.now();
    if (event.kind === 'given') {
      return { event: event.event, identity: callerOf(request), inboxId: newUlid(now), receivedAt: now };
    }
    const recorded = await this.archive.find(event.id);
    if (recorded) return recorded;
    throw new NotFoundError(
      `No event ${event.id} is recorded: no trigger waited for what it brought, or it is too long ago.`,
    );
  }
}
