import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { EchoError } from '../errors/index.js';
import type { WebRequest } from './web-request.js';

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

/** Lets only callers on the same machine in. */
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { ip } = context.switchToHttp().getRequest<WebRequest>();
    if (LOOPBACK.test(ip)) return true;
    throw new EchoError('This endpoint answers only on the machine that Echo runs on.', {
      code: 'loopback-only',
      status: 403,
      level: 'info',
    });
  }
}

/** Marks endpoints that show or change more than a stranger should see: they answer on loopback only. */
export const LoopbackOnly = (): ClassDecorator & MethodDecorator => UseGuards(LoopbackGuard);
