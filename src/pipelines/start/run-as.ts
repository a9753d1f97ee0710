import { Injectable } from '@nestjs/common';
import { FiatClient } from '../../clients/index.js';
import { HEADER, type Identity, asUser, withRequestId } from '../../platform/request-context/index.js';
import type { StartRequest } from './start-request.js';

/** Says as whom a start runs. */
@Injectable()
export class RunAs {
  constructor(private readonly fiat: FiatClient) {}

  async identityFor({ identity, actAsCaller, pipeline }: StartRequest): Promise<Identity> {
    const caller = withRequestId(identity);
    if (actAsCaller) return caller;
    // Without fiat nobody vouches for a runAsUser, so the original starts everything as anonymous.
    if (!this.fiat.enabled) return asUser(caller, 'anonymous');
    const user = pipeline.trigger?.runAsUser?.trim() || 'anonymous';
    const accounts = await this.fiat.writableAccounts(user);
    const identified = asUser(caller, user);
    if (accounts.length === 0) return identified;
    return { headers: { ...identified.headers, [HEADER.accounts]: accounts.join(',') } };
  }
}
