import { Global, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Clock, SystemClock } from '../../src/platform/clock/index.js';
import { Shutdown } from '../../src/platform/lifecycle/index.js';
import { Settings } from '../../src/platform/settings/index.js';
import { TestSettings } from './test-settings.js';

interface Given {
  readonly settings?: Settings;
  readonly clock?: Clock;
}

/** Boots modules with the settings and the clock that the whole service gives to all. Close it when done. */
export async function nestContext(
  modules: readonly Type[],
  { settings = new TestSettings(), clock = new SystemClock() }: Given = {},
): Promise<INestApplicationContext> {
  @Global()
  @Module({
    providers: [{ provide: Settings, useValue: settings }, { provide: Clock, useValue: clock }, Shutdown],
    exports: [Settings, Clock, Shutdown],
  })
  class GivenModule {}

  const testing = await Test.createTestingModule({ imports: [GivenModule, ...modules] }).compile();
  return testing.init();
}
