import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { JiraAgent } from './jira.agent.js';
import { JiraClient } from './jira.client.js';

@Module({ imports: [ChannelToolsModule], providers: [JiraAgent, JiraClient] })
export class JiraModule {}
