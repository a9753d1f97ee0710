import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { SmsAgent } from './sms.agent.js';
import { SmsClient } from './sms.client.js';

@Module({ imports: [ChannelToolsModule], providers: [SmsAgent, SmsClient] })
export class SmsModule {}
