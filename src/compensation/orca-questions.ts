import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { pipelinesMetrics } from '../pipelines/index.js';
import { codeOf, messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';

/** Questions that orca may fail to answer: that is counted and said, and the others go on. */
@Injectable()
export class OrcaQuestions {
  private readonly log = new Logger('Compensation');

  constructor(@Inject(metricToken(pipelinesMetrics.orcaErrors)) private readonly errors: Counter) {}

  /** The answer; `undefined` where there is none. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      this.errors.inc({ exception: codeOf(error) ?? 'error' });
      this.log.error(`Orca could not say what it ran: ${messageOf(error)}`);
      return undefined;
    }
  }
}
