import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Outbox } from '../../outbox/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { type Pipeline, titleOf } from '../model/pipeline.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { RunAs } from './run-as.js';
import { StartIds } from './start-ids.js';
import { startKey } from './start-identity.js';
import { FAILED_START, type FailedStartPayload, START, type StartEffect, type StartPayload } from './start-payload.js';
import type { StartRequest } from './start-request.js';
import { Suppression } from './suppression.js';

/** What became of the request; the start itself goes on in the outbox. */
export type StartResult =
  /** With the id of the execution to be, where it is known before orca answers. */
  | { readonly kind: 'submitted'; readonly executionId?: string }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'suppressed'; readonly by: string };

/** The one way to start a pipeline: asks whether it may, writes the start into the outbox, counts. */
@Injectable()
export class Starter {
  private readonly log = new Logger(Starter.name);

  constructor(
    private readonly outbox: Outbox,
    private readonly suppression: Suppression,
    private readonly runAs: RunAs,
    private readonly ids: StartIds,
    @Inject(metricToken(pipelinesMetrics.orcaRequests)) private readonly requests: Counter,
    @Inject(metricToken(pipelinesMetrics.triggerDisabled)) private readonly disabled: Counter,
  ) {}

  async start(request: StartRequest): Promise<StartResult> {
    const permission = this.suppression.check(request);
    if (permission.kind === 'switched-off') this.disabled.inc(startLabels(request));
    const effect = await this.effectOf(request, permission.kind === 'allowed' ? undefined : permission.by);
    const [submission] = await this.outbox.submit([effect]);
    if (submission?.kind === 'duplicate') return { kind: 'duplicate' };
    if (permission.kind === 'allowed') {
      this.requests.inc();
      const { executionId } = this.ids.applied(effect);
      return { kind: 'submitted', ...(executionId && { executionId }) };
    }
    this.log.log({ message: `Start of ${titleOf(request.pipeline)} suppressed: ${permission.by}`, ...request.cause });
    return { kind: 'suppressed', by: permission.by };
  }

  /** Reports a start that cannot be made (core.md §5.8): orca keeps a failed execution with `errorMessage`. */
  async reportFailure(request: Omit<StartRequest, 'source'>): Promise<void> {
    const payload: FailedStartPayload = { pipeline: request.pipeline };
    const { identity, cause } = request;
    await this.outbox.submit([{ kind: FAILED_START, key: startKey(request), payload, identity, cause }]);
  }

  private async effectOf(request: StartRequest, suppressedBy: string | undefined): Promise<StartEffect> {
    const { pipeline, source, at, cause } = request;
    const payload: StartPayload = { pipeline, source, at, posts: 0, spent: 0, unclear: false, planned: false };
    const identity = suppressedBy === undefined ? await this.runAs.identityFor(request) : NOBODY;
    const effect = { kind: START, key: startKey(request), payload, identity, cause };
    return suppressedBy === undefined ? effect : { ...effect, suppressedBy };
  }
}

/** The original's tags of a start; a trigger without a type must not break the count. */
export function startLabels({ pipeline, source }: { pipeline: Pipeline; source: string }): {
  triggerSource: string;
  triggerType: string;
} {
  return { triggerSource: source, triggerType: pipeline.trigger?.type ?? 'N/A' };
}
