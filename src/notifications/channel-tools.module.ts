import { Module } from '@nestjs/common';
import { EchoHttpModule } from '../platform/http/index.js';
import { ProviderHttp } from './delivery/provider-http.js';
import { DirectTexts } from './direct/direct-texts.js';
import { GroupTexts } from './direct/group-texts.js';
import { Templates } from './templates/templates.js';

/** What channels are made with: calls to providers, templates, the texts of direct notifications. */
@Module({
  imports: [EchoHttpModule],
  providers: [ProviderHttp, Templates, GroupTexts, DirectTexts],
  exports: [EchoHttpModule, ProviderHttp, Templates, DirectTexts],
})
export class ChannelToolsModule {}
