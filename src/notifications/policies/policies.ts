import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import type { Digest } from '../digests/digest.js';
import { digestOf } from './digest-rules.js';
import { policiesConfig } from './policies.config.js';
import { endOfQuiet } from './quiet-hours.js';
import { type Intended, silencedBy } from './silences.js';

/** What the operator's rules do to a notification. Times are milliseconds since the epoch. */
export type Treatment =
  | { readonly kind: 'send' }
  | { readonly kind: 'hold back'; readonly suppressedBy: string }
  | { readonly kind: 'wait'; readonly notBefore: number }
  | { readonly kind: 'gather'; readonly digest: Digest };

/** The operator's rules about when people are told. */
@Injectable()
export class Policies {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  treat(intended: Intended & { readonly moment: string }): Treatment {
    const now = this.clock.now();
    const suppressedBy = silencedBy(this.settings.get(policiesConfig.silences), intended, now);
    if (suppressedBy !== undefined) return { kind: 'hold back', suppressedBy };
    const quietUntil = (at: number): number | undefined =>
      endOfQuiet(this.settings.get(policiesConfig.quietHours), intended, at);
    const digest = digestOf(this.settings.get(policiesConfig.digests), intended, now, quietUntil);
    if (digest) return { kind: 'gather', digest };
    const notBefore = quietUntil(now);
    return notBefore === undefined ? { kind: 'send' } : { kind: 'wait', notBefore };
  }
}
