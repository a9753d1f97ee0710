import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { EventsV2Client } from './events-v2.client.js';
import { PagerDutyAgent } from './pager-duty.agent.js';
import { PagerDutyClient } from './pager-duty.client.js';

@Module({ imports: [ChannelToolsModule], providers: [PagerDutyAgent, PagerDutyClient, EventsV2Client] })
export class PagerDutyModule {}
