import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { Counter } from 'prom-client';
import type { ReceivedEvent } from '../../events/index.js';
import { codeOf, messageOf } from '../../platform/errors/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { NoTracer, type SpanOptions, Tracer } from '../../platform/tracing/index.js';
import { type Decision, Starter, rejected, titleOf } from '../../pipelines/index.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';
import { PostProcessing } from '../post-processing.js';
import type { Match } from './match.js';
import { failureOf, requestOf } from './start-request.js';

/** Hands matched pipelines to the starter, after the post-processors have had them. */
@Injectable()
export class MatchStarter {
  private readonly log = new Logger('Triggers');

  constructor(
    private readonly starter: Starter,
    private readonly processing: PostProcessing,
    @Inject(metricToken(triggersMetrics.pipelinesTriggered)) private readonly triggered: Counter,
    @Inject(metricToken(triggersMetrics.triggerErrors)) private readonly errors: Counter,
    @Optional() private readonly tracer: Tracer = new NoTracer(),
  ) {}

  start(match: Match, received: ReceivedEvent): Promise<Decision> {
    return this.tracer.trace(
      spanOf(match),
      received.identity,
      (identity) => this.decide(match, { ...received, identity }),
      (decision) => ({ facts: { 'echo.decision': decision.kind === 'matched' ? decision.start.kind : decision.rule } }),
    );
  }

  private async decide(match: Match, received: ReceivedEvent): Promise<Decision> {
    const { subject } = match;
    try {
      if (match.error !== undefined) return { ...subject, ...(await this.report(match, match.error, received)) };
      const pipeline = this.processing.applyTo(match.pipeline);
      this.log.log({ message: `Found matching pipeline ${titleOf(pipeline)}`, eventId: received.event.eventId });
      this.triggered.inc({ ...match.tags });
      const start = await this.starter.start({ ...requestOf(match, pipeline, received), source: 'EXTERNAL_EVENT' });
      return { ...subject, kind: 'matched', start };
    } catch (error) {
      this.errors.inc({ exception: codeOf(error) });
      this.log.error({ message: `${titleOf(match.pipeline)} could not be started: ${messageOf(error)}`, err: error });
      return { ...subject, ...rejected('start', 'a start', messageOf(error)) };
    }
  }

  private async report(match: Match, error: string, received: ReceivedEvent) {
    await this.starter.reportFailure(requestOf(match, failureOf(match.pipeline, error), received));
    return { kind: 'matched', start: { kind: 'reported-as-failed', error } } as const;
  }
}

const spanOf = ({ subject }: Match): SpanOptions => ({
  name: 'decision',
  kind: 'internal',
  facts: {
    'echo.application': subject.application,
    'echo.pipeline.name': subject.pipelineName,
    'echo.pipeline.id': subject.pipelineId,
    'echo.trigger.type': subject.triggerType,
  },
});
