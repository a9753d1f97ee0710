import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError, NotFoundError } from '../../platform/errors/index.js';
import { type WebRequest, jsonText } from '../../platform/web/index.js';
import { Timetable, triggerKey } from '../../slots/index.js';
import { TriggerStore } from '../trigger-store.js';
import { type ActionView, actionTrigger, actionView, readAction } from './action.js';

interface Actions {
  readonly pipeline: readonly ActionView[];
  readonly manuallyCreated: readonly ActionView[];
}

const known = (id: string): InvalidRequestError =>
  new InvalidRequestError(`Trigger with id: ${id} already exists`, 'known-trigger');

/** Cron triggers made by hand: the sync leaves them alone. */
@ApiTags('cron')
@Controller('scheduledActions')
export class ScheduledActionsController {
  constructor(
    private readonly store: TriggerStore,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The cron triggers that are due some day: those of pipelines, and those made by hand' })
  async list(): Promise<Actions> {
    const [ofPipelines, ofUsers] = await Promise.all([this.store.list('pipeline'), this.store.list('user')]);
    // The original schedules no trigger of a pipeline that is never due, and so lists none.
    const scheduled = ofPipelines.filter(({ nextSlot }) => nextSlot !== undefined);
    return {
      pipeline: scheduled.map(({ trigger }) => actionView(trigger)),
      manuallyCreated: ofUsers.map(({ trigger }) => actionView(trigger)),
    };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Start a pipeline by a cron expression of its own' })
  async create(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<ActionView> {
    const action = readAction(jsonText(body, request));
    if (await this.store.find(triggerKey('user', action.id))) throw known(action.id);
    const trigger = actionTrigger(action, this.timetable);
    const first = this.timetable.first(trigger, this.clock.now());
    if (first === undefined) {
      const reason = `Based on configured schedule, the given trigger 'user.${trigger.id}' will never fire.`;
      throw new InvalidRequestError(reason, 'never-due');
    }
    if ((await this.store.add(trigger, first)) === 'added') return actionView(trigger);
    throw known(trigger.id);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({ summary: 'Remove a scheduled action made by hand' })
  async remove(@Param('id') id: string): Promise<ActionView> {
    const trigger = await this.store.remove(triggerKey('user', id));
    if (trigger) return actionView(trigger);
    throw new NotFoundError(`Trigger with id: ${id} not be found`);
  }
}
