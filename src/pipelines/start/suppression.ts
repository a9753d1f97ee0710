import { Injectable } from '@nestjs/common';
import { instanceConfig, isInService } from '../../platform/instance/index.js';
import { type Setting, Settings } from '../../platform/settings/index.js';
import { startConfig } from '../pipelines.config.js';
import { QuietPeriod } from '../quiet-period/quiet-period.js';
import type { StartRequest, StartSource } from './start-request.js';

/** Whether a start may go out, and if not, what holds it back. */
export type Permission =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'switched-off'; readonly by: string }
  | { readonly kind: 'quiet-period'; readonly by: string }
  | { readonly kind: 'held-back'; readonly by: string };

export type Refusal = Exclude<Permission, { kind: 'allowed' }>;

const SOURCE_SWITCH: Readonly<Record<StartSource, Setting<boolean> | undefined>> = {
  EXTERNAL_EVENT: undefined,
  CRON_SCHEDULER: startConfig.cronEnabled,
  COMPENSATION_SCHEDULER: startConfig.compensationEnabled,
};

/** Asks the switches (core.md §5.2) and the quiet period (core.md §8) at the moment of a start. */
@Injectable()
export class Suppression {
  constructor(
    private readonly settings: Settings,
    private readonly quietPeriod: QuietPeriod,
  ) {}

  /** An instance out of service takes no start on; those that it had taken on before go out. */
  outOfService(): Refusal | undefined {
    if (isInService(this.settings)) return undefined;
    const { key } = instanceConfig.status;
    return { kind: 'switched-off', by: `${key} is ${this.settings.get(instanceConfig.status)}` };
  }

  check({ pipeline, source }: Pick<StartRequest, 'pipeline' | 'source'>): Permission {
    for (const toggle of [SOURCE_SWITCH[source], startConfig.enabled]) {
      if (toggle && !this.settings.get(toggle)) return { kind: 'switched-off', by: `${toggle.key} is false` };
    }
    const type = pipeline.trigger?.type;
    if (pipeline.respectQuietPeriod && type !== undefined && this.quietPeriod.suppresses(type)) {
      return { kind: 'quiet-period', by: `quiet period for triggers of type ${type}` };
    }
    return { kind: 'allowed' };
  }
}
