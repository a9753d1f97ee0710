import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { BuildChangePerformer } from './build-change.performer.js';
import { CloudBuildListener } from './cloud-build.listener.js';

/** Tells igor how builds of Google Cloud Build stand. */
@Module({ imports: [ClientsModule, EventsModule, OutboxModule], providers: [CloudBuildListener, BuildChangePerformer] })
export class CloudBuildModule {}
