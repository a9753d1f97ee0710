import { Module } from '@nestjs/common';
import { ChannelToolsModule } from '../../channel-tools.module.js';
import { CardTemplates } from './card-templates.js';
import { Cards } from './cards.js';
import { GraphModule } from '../../graph/graph.module.js';
import { GraphTeamsClient } from './graph-teams.client.js';
import { MicrosoftTeamsAgent } from './microsoft-teams.agent.js';
import { MicrosoftTeamsClient } from './microsoft-teams.client.js';

@Module({
  imports: [ChannelToolsModule, GraphModule],
  providers: [MicrosoftTeamsAgent, MicrosoftTeamsClient, Cards, CardTemplates, GraphTeamsClient],
})
export class MicrosoftTeamsModule {}
