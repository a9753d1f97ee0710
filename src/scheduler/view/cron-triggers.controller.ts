import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { isJsonObject, parseJson } from '../../platform/json/index.js';
import { instantOf, limitOf, wordOf } from '../../platform/query/index.js';
import { type WebRequest, jsonText } from '../../platform/web/index.js';
import { UpcomingSlots } from '../../slots/index.js';
import { Backfill, type BackfilledSlot } from './backfill.js';
import { type TriggerDetails, TriggerReader } from './trigger-reader.js';
import { TRIGGER_STATES, type TriggerView, type UpcomingView, upcomingView } from './trigger-view.js';

const DAY_MS = 86_400_000;
const MOST_SLOTS = '1000';

/** The cron triggers, when they run, and what became of their slots. */
@ApiTags('cron')
@Requires('read')
@Controller('triggers/cron')
export class CronTriggersController {
  constructor(
    private readonly triggers: TriggerReader,
    private readonly slots: UpcomingSlots,
    private readonly backfill: Backfill,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'All cron triggers; by application, pipeline (its id) and state (active, paused, never-due)',
  })
  list(
    @Query('application') application?: string,
    @Query('pipeline') pipeline?: string,
    @Query('state') state?: string,
  ): Promise<TriggerView[]> {
    const wanted = state ? wordOf('state', TRIGGER_STATES, state) : undefined;
    return this.triggers.list({ application, pipeline, state: wanted });
  }

  @Get('upcoming')
  @ApiOperation({
    summary:
      'The slots to come from an instant to another, by default of the next 24 hours and 1000 at most: when each goes out, and what holds it back',
  })
  async upcoming(
    @Query('from') from?: string,
    @Query('to') to?: string,
    @Query('application') application?: string,
    @Query('limit') limit = MOST_SLOTS,
  ): Promise<UpcomingView[]> {
    const begin = from ? instantOf('from', from) : undefined;
    const end = to ? instantOf('to', to) : (begin ?? this.clock.now()) + DAY_MS;
    const slots = await this.slots.within({ from: begin, to: end, application, limit: limitOf(limit) });
    return slots.map(upcomingView);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One cron trigger, with its next and its last ten slots' })
  details(@Param('id') id: string): Promise<TriggerDetails> {
    return this.triggers.details(id);
  }

  @Post(':id/backfill')
  @Requires('operate')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Start the slots from one instant to another that have not run: {from, to}; only shown unless dryRun is false',
  })
  run(
    @Param('id') id: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<BackfilledSlot[]> {
    const given = parseJson(jsonText(body, request));
    if (!isJsonObject(given)) throw new InvalidRequestError('Send a JSON object with from and to.');
    const [from, to] = [instantOf('from', given['from']), instantOf('to', given['to'])];
    return this.backfill.run(id, { from, to, dryRun: given['dryRun'] !== false });
  }
}
