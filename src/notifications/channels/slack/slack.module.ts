import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { SlackAgent } from './slack.agent.js';
import { SlackClient } from './slack.client.js';

@Module({ imports: [ChannelToolsModule], providers: [SlackAgent, SlackClient] })
export class SlackModule {}
