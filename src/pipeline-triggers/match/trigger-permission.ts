import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { FiatClient } from '../../clients/index.js';
import { codeOf } from '../../platform/errors/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { type Trigger, type Rejected, rejected } from '../../pipelines/index.js';
import type { Candidate } from '../index/trigger-index.js';
import type { Inquiry } from '../inquiry.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';

const userOf = ({ runAsUser }: Trigger): string => runAsUser ?? 'anonymous';

/** A trigger's user must be allowed to run the pipeline's application (core.md §2.5). */
@Injectable()
export class TriggerPermission {
  private readonly log = new Logger('Triggers');

  constructor(
    private readonly fiat: FiatClient,
    @Inject(metricToken(triggersMetrics.accessDenied)) private readonly denied: Counter,
    @Inject(metricToken(triggersMetrics.triggerErrors)) private readonly errors: Counter,
  ) {}

  /** As `ask`; each trigger that is denied counts. */
  async denial(candidate: Candidate, inquiry: Inquiry): Promise<Rejected | undefined> {
    const denial = await this.ask(candidate, inquiry);
    if (!denial) return undefined;
    const { pipeline, trigger } = candidate;
    const { application, name } = pipeline;
    const user = userOf(trigger);
    this.denied.inc({ application, user, pipeline: name });
    this.log.log({ message: `${user} may not execute ${application}:${name}`, triggerId: trigger.id });
    return denial;
  }

  /** Asks once per user, application and event. */
  async ask({ pipeline, trigger }: Candidate, inquiry: Inquiry): Promise<Rejected | undefined> {
    if (!this.fiat.enabled) return undefined;
    const user = userOf(trigger);
    const { application } = pipeline;
    const may = await inquiry.once(['fiat', user, application], () => this.fiat.canExecute(user, application));
    if (may) return undefined;
    return rejected('permission', `${user} may execute pipelines of ${application}`, 'access denied');
  }

  /** Counts a trigger that failed by its own fault. */
  failed(error: unknown): void {
    this.errors.inc({ exception: codeOf(error) });
  }
}
