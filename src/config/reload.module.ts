import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { ConfigurationReload } from './configuration-reload.js';

/** Edits of the configuration files hold without a restart, as far as their settings are live. */
@Module({ imports: [EventsModule], providers: [ConfigurationReload] })
export class ReloadModule {}
