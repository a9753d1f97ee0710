import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '../clock/index.js';
import { Settings } from '../settings/index.js';
import { DatabaseHealth } from './database-health.js';
import { databaseConfig } from './database.config.js';
import { dataSourceOptions } from './data-source-options.js';
import { Ground } from './ground.js';
import { PostgresWakeups } from './postgres-wakeups.js';
import { Wakeups } from './wakeups.js';

/** A module of its own, so that an embedded server ends after the pools. */
@Global()
@Module({
  providers: [{ provide: Ground, inject: [Settings], useFactory: (settings: Settings) => Ground.prepare(settings) }],
  exports: [Ground],
})
class GroundModule implements OnApplicationShutdown {
  constructor(private readonly ground: Ground) {}

  onApplicationShutdown(): Promise<void> {
    return this.ground.close();
  }
}

const typeorm = TypeOrmModule.forRootAsync({
  inject: [Settings, Ground],
  useFactory: (settings: Settings, { addresses: { service, maxPoolSize } }: Ground) => ({
    ...dataSourceOptions(service, maxPoolSize, settings.get(databaseConfig.connectionTimeoutMs)),
    autoLoadEntities: true,
    retryAttempts: 1,
  }),
});

/** PostgreSQL through TypeORM: the pool, the schema brought up to date and checked, wake-ups, health. */
@Global()
@Module({
  imports: [GroundModule, typeorm],
  providers: [
    DatabaseHealth,
    {
      provide: Wakeups,
      inject: [Ground, getDataSourceToken(), Clock],
      useFactory: ({ addresses }: Ground, source: DataSource, clock: Clock) =>
        new PostgresWakeups(addresses.service, source, clock),
    },
  ],
  exports: [Wakeups],
})
export class DatabaseModule {}

export const databaseModule = (): DynamicModule => ({ module: DatabaseModule });
