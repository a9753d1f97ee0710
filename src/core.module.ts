import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { FileSettings } from './config/index.js';
import { Access, AccessGuard } from './platform/access/index.js';
import { Clock, SystemClock } from './platform/clock/index.js';
import { databaseConfig, loadDatabase } from './platform/database/index.js';
import { InstalledExtensions } from './platform/extension/index.js';
import { JobRunner, Shutdown } from './platform/lifecycle/index.js';
import { isTracing, loadTracing } from './platform/otel/index.js';
import { Settings } from './platform/settings/index.js';
import { NoTracer, Tracer } from './platform/tracing/index.js';
import { ErrorFilter } from './platform/web/index.js';

/** What every room may ask for: time, settings, jobs, the order of the shutdown. */
@Global()
@Module({})
export class CoreModule {
  static with(settings: FileSettings, extensions: InstalledExtensions): DynamicModule {
    const isTraced = isTracing(settings);
    return {
      module: CoreModule,
      imports: [
        ScheduleModule.forRoot(),
        ...(settings.get(databaseConfig.enabled) ? [loadDatabase()] : []),
        ...(isTraced ? [loadTracing()] : []),
      ],
      providers: [
        { provide: Clock, useClass: SystemClock },
        { provide: FileSettings, useValue: settings },
        { provide: Settings, useExisting: FileSettings },
        { provide: InstalledExtensions, useValue: extensions },
        { provide: APP_FILTER, useClass: ErrorFilter },
        Access,
        { provide: APP_GUARD, useClass: AccessGuard },
        JobRunner,
        Shutdown,
        ...(isTraced ? [] : [{ provide: Tracer, useClass: NoTracer }]),
      ],
      exports: [
        Access,
        Clock,
        FileSettings,
        Settings,
        InstalledExtensions,
        JobRunner,
        Shutdown,
        ...(isTraced ? [] : [Tracer]),
      ],
    };
  }
}
