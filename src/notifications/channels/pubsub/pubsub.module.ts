import { Module } from '@nestjs/common';
import { OutboxModule } from '../../../outbox/index.js';
import { PubsubAgent } from './pubsub.agent.js';

@Module({ imports: [OutboxModule], providers: [PubsubAgent] })
export class PubsubChannelModule {}
