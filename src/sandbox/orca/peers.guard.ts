import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Settings } from '../../platform/settings/index.js';
import { LoopbackGuard } from '../../platform/web/index.js';
import { sandboxConfig } from '../sandbox.config.js';

/** Lets other machines in only where `sandbox.allowRemote` says so. */
@Injectable()
export class PeersGuard extends LoopbackGuard {
  constructor(private readonly settings: Settings) {
    super();
  }

  override canActivate(context: ExecutionContext): boolean {
    return this.settings.get(sandboxConfig.allowRemote) || super.canActivate(context);
  }
}
