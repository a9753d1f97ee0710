import type { ExecutionContext } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../platform/settings/index.js';
import { PeersGuard } from './peers.guard.js';

const from = (ip: string): ExecutionContext =>
  ({ switchToHttp: () => ({ getRequest: () => ({ ip }) }) }) as unknown as ExecutionContext;

const guard = (allowRemote: boolean): PeersGuard => new PeersGuard({ get: () => allowRemote } as unknown as Settings);

describe('the simulated orca', () => {
  it('answers this machine only', () => {
    expect(guard(false).canActivate(from('127.0.0.1'))).toBe(true);
    expect(() => guard(false).canActivate(from('10.0.0.7'))).toThrow('only on the machine');
  });

  it('answers others where sandbox.allowRemote says so', () => {
    expect(guard(true).canActivate(from('10.0.0.7'))).toBe(true);
  });
});
