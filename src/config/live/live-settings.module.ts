import { Module } from '@nestjs/common';
import { EventsModule } from '../../events/index.js';
import { twin } from '../../platform/database/index.js';
import { LiveSettings } from './live-settings.js';
import { LiveSettingsController } from './live-settings.controller.js';
import { MemorySettingChanges } from './memory/memory-setting-changes.js';
import { SettingChanges } from './setting-changes.js';

/** Live settings can be changed through the API, for all instances that share a database. */
@Module({
  imports: [EventsModule],
  controllers: [LiveSettingsController],
  providers: [
    LiveSettings,
    twin(
      SettingChanges,
      MemorySettingChanges,
      async () => (await import('./sql/sql-setting-changes.js')).SqlSettingChanges,
    ),
  ],
})
export class LiveSettingsModule {}
