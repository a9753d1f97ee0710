import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { BearychatAgent } from './bearychat.agent.js';
import { BearychatClient } from './bearychat.client.js';

@Module({ imports: [ChannelToolsModule], providers: [BearychatAgent, BearychatClient] })
export class BearychatModule {}
