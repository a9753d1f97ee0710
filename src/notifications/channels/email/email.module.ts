import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { EmailAgent } from './email.agent.js';
import { EmailClient } from './email.client.js';
import { MailBodies } from './mail-body.js';

@Module({ imports: [ChannelToolsModule], providers: [EmailAgent, EmailClient, MailBodies] })
export class EmailModule {}
