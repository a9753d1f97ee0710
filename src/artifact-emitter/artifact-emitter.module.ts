import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { ArtifactEmitter } from './artifact-emitter.js';
import { EmissionPerformer } from './emission.performer.js';

/** Tells keel about artifacts that messages bring. */
@Module({ imports: [ClientsModule, EventsModule, OutboxModule], providers: [ArtifactEmitter, EmissionPerformer] })
export class ArtifactEmitterModule {}
