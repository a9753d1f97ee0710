import type { FactoryProvider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Settings } from '../settings/index.js';
import { databaseConfig } from './database.config.js';

/**
 * The provider of a port with two implementations: the one over PostgreSQL when `sql.enabled`, else the one in memory.
 * The former is imported only when it is wanted, so that in memory mode no database code is loaded.
 */
export function twin<T extends object>(
  port: abstract new (...args: never[]) => T,
  memory: Type<T>,
  sql: () => Promise<Type<T>>,
): FactoryProvider<T> {
  return {
    provide: port,
    inject: [Settings, ModuleRef],
    useFactory: async (settings: Settings, modules: ModuleRef) =>
      modules.create(settings.get(databaseConfig.enabled) ? await sql() : memory),
  };
}
