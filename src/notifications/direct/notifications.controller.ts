import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { type JsonValue, parseJson } from '../../platform/json/index.js';
import { type WebRequest, callerOf, jsonText } from '../../platform/web/index.js';
import { Channels } from '../channels.js';
import { readDirectNotification } from './direct-notification.js';
import { DirectNotifications } from './direct-notifications.js';

interface ShownParameter {
  readonly name: string;
  readonly label: string;
  readonly defaultValue: string | null;
  readonly description: string | null;
  readonly type: 'string';
}

/** A channel as the user interface needs it to offer it. */
interface ShownChannel {
  readonly notificationType: string;
  readonly parameters: readonly ShownParameter[];
  readonly uiType: 'BASIC' | 'CUSTOM';
}

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly notifications: DirectNotifications,
    private readonly channels: Channels,
  ) {}

  /** 200 with the provider's value, or its status where it refuses (notifications.md §3). */
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a notification now' })
  async send(@Body() body: Buffer | undefined, @Req() request: WebRequest): Promise<{ value: JsonValue } | undefined> {
    const notification = readDirectNotification(parseJson(jsonText(body, request)));
    const outcome = await this.notifications.send(notification, callerOf(request));
    if (outcome.kind === 'untaken') return { value: null, ...outcome };
    // The original answers this one with nothing.
    return outcome.channel === 'bearychat' ? undefined : { value: outcome.value };
  }

  @Get('metadata')
  @ApiOperation({ summary: 'The channels that were added from outside' })
  metadata(): ShownChannel[] {
    return this.channels
      .all()
      .filter(({ options }) => options.builtIn === undefined)
      .map(({ options: { name, parameters = [], uiType = 'BASIC' } }) => ({
        notificationType: name,
        parameters: parameters.map(({ name: member, label, defaultValue = null, description = null }) => ({
          ...{ name: member, label, defaultValue, description },
          type: 'string',
        })),
        uiType,
      }));
  }
}
