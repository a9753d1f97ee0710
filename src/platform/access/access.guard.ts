import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Access } from './access.js';
import type { Caller } from './caller.js';
import { enforce } from './enforce.js';
import { DEMAND, type Demand } from './scope.js';

const INGRESS: Demand = { kind: 'ingress' };

/** Asks at every endpoint whether its caller may. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: Access,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const places = [context.getHandler(), context.getClass()];
    const demand = this.reflector.getAllAndOverride<Demand | undefined>(DEMAND, places) ?? INGRESS;
    enforce(this.access, demand, http.getRequest<Caller>(), http.getResponse());
    return true;
  }
}
