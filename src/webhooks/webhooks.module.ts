import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { Explainer } from './explainer.js';
import { WebhooksController } from './webhooks.controller.js';

/** Events that come as webhooks. */
@Module({ imports: [EventsModule], controllers: [WebhooksController], providers: [Explainer] })
export class WebhooksModule {}
