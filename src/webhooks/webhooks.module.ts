import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { WebhooksController } from './webhooks.controller.js';

/** Events that come as webhooks. */
@Module({ imports: [EventsModule], controllers: [WebhooksController] })
export class WebhooksModule {}
