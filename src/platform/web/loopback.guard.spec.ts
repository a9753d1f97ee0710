import type { ExecutionContext } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { EchoError } from '../errors/index.js';
import { LoopbackGuard } from './loopback.guard.js';

const callFrom = (ip: string): ExecutionContext =>
  ({ switchToHttp: () => ({ getRequest: () => ({ ip }) }) }) as unknown as ExecutionContext;

describe('an endpoint that answers on loopback only', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('lets %s in', (ip) => {
    expect(new LoopbackGuard().canActivate(callFrom(ip))).toBe(true);
  });

  it.each(['10.127.0.1', '192.168.0.1', '8.8.8.8', '::', 'fe80::1', '::ffff:10.0.0.1', '2001:db8::127.0.0.1', ''])(
    'answers %j 403',
    (ip) => {
      const refusal = (): unknown => new LoopbackGuard().canActivate(callFrom(ip));

      expect(refusal).toThrow(EchoError);
      expect(refusal).toThrow(expect.objectContaining({ status: 403, code: 'loopback-only' }));
    },
  );
});
