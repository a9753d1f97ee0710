import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Systems } from './systems.js';

/** What can be named in triggers and notifications (edges.md §2.1). */
@ApiTags('pubsub')
@Controller('pubsub')
export class PubsubController {
  constructor(private readonly systems: Systems) {}

  @Get('subscriptions')
  @ApiOperation({ summary: 'The subscriptions that triggers can name' })
  subscriptions(): { pubsubSystem: string; subscriptionName: string }[] {
    return this.systems.sources.map(({ system, subscription }) => ({
      pubsubSystem: system,
      subscriptionName: subscription.name,
    }));
  }

  @Get('publishers')
  @ApiOperation({ summary: 'The publishers that notifications can name' })
  publishers(): { pubsubSystem: string; publisherName: string; topicName: string }[] {
    return this.systems.outlets.map(({ system, publisher }) => ({
      pubsubSystem: system,
      publisherName: publisher.name,
      topicName: publisher.topicName,
    }));
  }
}
