import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { SlackAgent } from './slack.agent.js';
import { SlackInteractions } from './slack.interaction.js';
import { SlackClient } from './slack.client.js';

@Module({ imports: [ChannelToolsModule], providers: [SlackAgent, SlackClient, SlackInteractions] })
export class SlackModule {}
