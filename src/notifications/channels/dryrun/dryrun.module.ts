import { Module } from '@nestjs/common';
import { ClientsModule } from '../../../clients/index.js';
import { EchoHttpModule } from '../../../platform/http/index.js';
import { DryrunAgent } from './dryrun.agent.js';
import { DryrunClient } from './dryrun.client.js';

@Module({ imports: [ClientsModule, EchoHttpModule], providers: [DryrunAgent, DryrunClient] })
export class DryrunModule {}
