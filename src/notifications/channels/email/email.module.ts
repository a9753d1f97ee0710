import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { EmailAgent } from './email.agent.js';
import { GraphModule } from '../../graph/graph.module.js';
import { GraphMailClient } from './graph-mail.client.js';
import { EmailClient } from './email.client.js';
import { MailBodies } from './mail-body.js';

@Module({
  imports: [ChannelToolsModule, GraphModule],
  providers: [EmailAgent, EmailClient, GraphMailClient, MailBodies],
})
export class EmailModule {}
