import { Module } from '@nestjs/common';
import { EchoHttpModule } from '../../platform/http/index.js';
import { GraphClient } from './graph.client.js';

@Module({ imports: [EchoHttpModule], providers: [GraphClient], exports: [GraphClient] })
export class GraphModule {}
