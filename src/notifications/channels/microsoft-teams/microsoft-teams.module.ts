import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { CardTemplates } from './card-templates.js';
import { Cards } from './cards.js';
import { MicrosoftTeamsAgent } from './microsoft-teams.agent.js';
import { MicrosoftTeamsClient } from './microsoft-teams.client.js';

@Module({ imports: [ChannelToolsModule], providers: [MicrosoftTeamsAgent, MicrosoftTeamsClient, Cards, CardTemplates] })
export class MicrosoftTeamsModule {}
