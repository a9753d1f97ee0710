import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { FiatClient } from '../../clients/index.js';
import { codeOf } from '../../platform/errors/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { type Verdict, rejected } from '../../pipelines/index.js';
import type { Candidate } from '../index/trigger-index.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';

/** A trigger's user must be allowed to run the pipeline's application (core.md §2.5). */
@Injectable()
export class TriggerPermission {
  constructor(
    private readonly fiat: FiatClient,
    @Inject(metricToken(triggersMetrics.accessDenied)) private readonly denied: Counter,
    @Inject(metricToken(triggersMetrics.triggerErrors)) private readonly errors: Counter,
  ) {}

  async denial({ pipeline, trigger }: Candidate): Promise<Verdict | undefined> {
    if (!this.fiat.enabled) return undefined;
    const user = trigger.runAsUser ?? 'anonymous';
    if (await this.fiat.canExecute(user, pipeline.application)) return undefined;
    this.denied.inc({ application: pipeline.application, user, pipeline: pipeline.name });
    return rejected('permission', `${user} may execute pipelines of ${pipeline.application}`, 'access denied');
  }

  /** Counts a trigger that failed by its own fault. */
  failed(error: unknown): void {
    this.errors.inc({ exception: codeOf(error) });
  }
}
