import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Access, type Caller } from '../../platform/access/index.js';
import { Settings } from '../../platform/settings/index.js';
import { sandboxConfig } from '../sandbox.config.js';

/** Lets other machines in only where `sandbox.allowRemote` says so. */
@Injectable()
export class PeersGuard implements CanActivate {
  constructor(
    private readonly settings: Settings,
    private readonly access: Access,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.settings.get(sandboxConfig.allowRemote)) return true;
    this.access.admit(context.switchToHttp().getRequest<Caller>(), { kind: 'scope', scope: 'operate' });
    return true;
  }
}
