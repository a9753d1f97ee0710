import type { ExecutionContext } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Access } from '../../platform/access/index.js';
import { PeersGuard } from './peers.guard.js';

const from = (ip: string): ExecutionContext =>
  ({ switchToHttp: () => ({ getRequest: () => ({ ip, headers: {} }) }) }) as unknown as ExecutionContext;

function guard(allowRemote: boolean): PeersGuard {
  const settings = new TestSettings({ 'sandbox.allowRemote': allowRemote });
  return new PeersGuard(settings, new Access(settings, new ManualClock()));
}

describe('the simulated orca', () => {
  it('answers this machine only', () => {
    expect(guard(false).canActivate(from('127.0.0.1'))).toBe(true);
    expect(() => guard(false).canActivate(from('10.0.0.7'))).toThrow('a caller on the same machine');
  });

  it('answers others where sandbox.allowRemote says so', () => {
    expect(guard(true).canActivate(from('10.0.0.7'))).toBe(true);
  });
});
