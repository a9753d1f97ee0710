import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { CDEventsAgent } from './cdevents.agent.js';
import { CDEventsClient } from './cdevents.client.js';
import { OtlpClient } from './otlp.client.js';

@Module({ imports: [ChannelToolsModule], providers: [CDEventsAgent, CDEventsClient, OtlpClient] })
export class CDEventsModule {}
