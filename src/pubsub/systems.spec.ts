import type { DiscoveryService } from '@nestjs/core';
import { expect, it } from 'vitest';
import { TestSettings } from '../../test/support/test-settings.js';
import { BringsPubsub, type PubsubSystem } from './pubsub-system.js';
import { Systems } from './systems.js';

@BringsPubsub({ name: 'mine' })
class MySystem implements PubsubSystem {
  held = false;
  subscriptions = () => [];
  paused = (): boolean => this.held;
}

it('subscriptions rest while their system is switched off, and all while the instance is out of service', () => {
  const settings = new TestSettings({});
  const mine = new MySystem();
  const wrapper = { metatype: MySystem, instance: mine, isDependencyTreeStatic: () => true };
  const systems = new Systems({ getProviders: () => [wrapper] } as unknown as DiscoveryService, settings);
  systems.onModuleInit();
  expect(systems.isPaused('mine')).toBe(false);

  mine.held = true;
  expect(systems.isPaused('mine')).toBe(true);

  mine.held = false;
  settings.set('instance.status', 'OUT_OF_SERVICE');
  expect(systems.isPaused('mine')).toBe(true);
});
