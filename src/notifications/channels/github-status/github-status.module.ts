import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { GithubStatusAgent } from './github-status.agent.js';
import { GithubStatusClient } from './github-status.client.js';

@Module({ imports: [ChannelToolsModule], providers: [GithubStatusAgent, GithubStatusClient] })
export class GithubStatusModule {}
