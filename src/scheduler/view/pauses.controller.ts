import { Body, Controller, Delete, Get, HttpCode, Param, Put, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { Clock } from '../../platform/clock/index.js';
import { NotFoundError } from '../../platform/errors/index.js';
import { isJsonObject, parseJson, read } from '../../platform/json/index.js';
import { type WebRequest, changerOf, jsonText } from '../../platform/web/index.js';
import { type Pause, Pauses } from '../../slots/index.js';
import { TriggerReader } from './trigger-reader.js';

/** A note may come with it: `{"note": "…"}`. */
function noteOf(body: Buffer | undefined, request: WebRequest): string {
  if (!body || body.length === 0) return '';
  const given = parseJson(jsonText(body, request));
  return (isJsonObject(given) && read.member(given, 'note', read.text)) || '';
}

/** Holds cron triggers back for a while: their slots pass and are recorded as suppressed. */
@ApiTags('cron')
@Requires('operate')
@Controller()
export class PausesController {
  constructor(
    private readonly pauses: Pauses,
    private readonly triggers: TriggerReader,
    private readonly clock: Clock,
  ) {}

  @Requires('read')
  @Get('triggers/cron/pauses')
  @ApiOperation({ summary: 'Who paused which cron triggers and applications, since when and why' })
  all(): Promise<Pause[]> {
    return this.pauses.all();
  }

  @Put('triggers/cron/:id/pause')
  @ApiOperation({ summary: 'Pause a cron trigger, with a note' })
  async pause(@Param('id') id: string, @Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<Pause> {
    const { trigger } = await this.triggers.find(id);
    return this.put('trigger', trigger.key, body, request);
  }

  @Delete('triggers/cron/:id/pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a paused cron trigger run again' })
  async resume(@Param('id') id: string): Promise<void> {
    const { trigger } = await this.triggers.find(id);
    await this.remove('trigger', trigger.key);
  }

  @Put('applications/:application/cron/pause')
  @ApiOperation({ summary: 'Pause all cron triggers of an application, with a note' })
  pauseApplication(
    @Param('application') application: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<Pause> {
    return this.put('application', application, body, request);
  }

  @Delete('applications/:application/cron/pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let the cron triggers of a paused application run again' })
  resumeApplication(@Param('application') application: string): Promise<void> {
    return this.remove('application', application);
  }

  private async put(
    scope: Pause['scope'],
    name: string,
    body: Buffer | undefined,
    request: WebRequest,
  ): Promise<Pause> {
    const by = changerOf(request);
    const pause: Pause = { scope, name, note: noteOf(body, request), by, since: this.clock.now() };
    await this.pauses.put(pause);
    return pause;
  }

  private async remove(scope: Pause['scope'], name: string): Promise<void> {
    if ((await this.pauses.remove(scope, name)) === 'unknown') {
      throw new NotFoundError(`The ${scope} ${name} is not paused.`);
    }
  }
}
