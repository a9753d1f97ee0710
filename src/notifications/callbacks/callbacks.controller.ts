import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '../../platform/api/index.js';
import { EchoError, NotFoundError } from '../../platform/errors/index.js';
import { type WebRequest, callerOf } from '../../platform/web/index.js';
import { failureOf } from '../delivery/failure.js';
import type { Channel } from '../channel.js';
import { Channels } from '../channels.js';
import { CallbackServices } from './callback-services.js';

type Interactive = Channel & Required<Pick<Channel, 'readInteraction' | 'showInteraction'>>;

const FORM = 'application/x-www-form-urlencoded';

function checkForm({ headers }: WebRequest): void {
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith(FORM)) return;
  throw new EchoError(`Content type '${type}' is not supported: send 'Content-Type: ${FORM}'.`, {
    code: 'unsupported-media-type',
    status: 415,
  });
}

/** Hears from providers what people answered, and passes it on to the service that had asked. */
@ApiTags('notifications')
@Controller('notifications/callbacks')
export class CallbacksController {
  constructor(
    private readonly channels: Channels,
    private readonly services: CallbackServices,
  ) {}

  /** 200 with an empty body when the service has heard and the message shows the answer. */
  @Post(':source')
  @HttpCode(200)
  @ApiConsumes(FORM)
  @ApiOperation({ summary: 'Pass on what somebody answered to an interactive notification' })
  async receive(
    @Param('source') source: string,
    @Body() body: Buffer | undefined,
    @Req() request: WebRequest,
  ): Promise<void> {
    checkForm(request);
    const channel = this.interactiveChannel(source);
    const interaction = await channel.readInteraction({
      headers: request.headers,
      body: body?.toString('utf8') ?? '',
    });
    try {
      await this.services.tell(interaction, callerOf(request));
      await channel.showInteraction(interaction);
    } catch (error) {
      const { status, message } = failureOf(error);
      throw new EchoError(message, { code: 'callback', status, level: 'warn', cause: error });
    }
  }

  private interactiveChannel(source: string): Interactive {
    const instance = this.channels.taking(source)?.instance;
    if (instance?.readInteraction && instance.showInteraction) return instance as Interactive;
    throw new NotFoundError(`NotificationService for ${source} not registered`);
  }
}
