import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { GoogleChatAgent } from './google-chat.agent.js';
import { GoogleChatClient } from './google-chat.client.js';

@Module({ imports: [ChannelToolsModule], providers: [GoogleChatAgent, GoogleChatClient] })
export class GoogleChatModule {}
