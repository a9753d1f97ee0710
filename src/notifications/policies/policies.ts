import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { policiesConfig } from './policies.config.js';
import { endOfQuiet } from './quiet-hours.js';
import { type Intended, silencedBy } from './silences.js';

/** What the operator's rules do to a notification: hold it back, or have it wait. */
export interface Treatment {
  readonly suppressedBy?: string;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
}

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
    if (suppressedBy !== undefined) return { suppressedBy };
    const notBefore = endOfQuiet(this.settings.get(policiesConfig.quietHours), intended, now);
    return notBefore === undefined ? {} : { notBefore };
  }
}
