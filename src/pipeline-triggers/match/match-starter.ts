import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Counter } from 'prom-client';
import type { ReceivedEvent } from '../../events/index.js';
import { codeOf, messageOf } from '../../platform/errors/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { type Decision, type Pipeline, Starter, type StartRequest, rejected, titleOf } from '../../pipelines/index.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';
import { type PipelinePostProcessor, postProcessors } from '../post-processor.js';
import type { Match } from './match.js';

/** Hands matched pipelines to the starter, after the post-processors have had them. */
@Injectable()
export class MatchStarter implements OnModuleInit {
  private readonly log = new Logger('Triggers');
  private processors: readonly PipelinePostProcessor[] = [];

  constructor(
    private readonly starter: Starter,
    private readonly discovery: DiscoveryService,
    @Inject(metricToken(triggersMetrics.pipelinesTriggered)) private readonly triggered: Counter,
    @Inject(metricToken(triggersMetrics.triggerErrors)) private readonly errors: Counter,
  ) {}

  onModuleInit(): void {
    this.processors = postProcessors
      .collect(this.discovery)
      .sort((a, b) => a.options.priority - b.options.priority)
      .map(({ instance }) => instance);
  }

  async start(match: Match, received: ReceivedEvent): Promise<Decision> {
    const { subject } = match;
    try {
      if (match.error !== undefined) return { ...subject, ...(await this.report(match, match.error, received)) };
      const pipeline = this.processed(match.pipeline);
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

  private processed(pipeline: Pipeline): Pipeline {
    return this.processors.reduce((current, processor) => processor.processPipeline(current), pipeline);
  }

  private async report(match: Match, error: string, received: ReceivedEvent) {
    const executionId = match.pipeline.trigger?.executionId;
    const pipeline = { ...match.pipeline, ...(executionId && { executionId }), errorMessage: error };
    await this.starter.reportFailure(requestOf(match, pipeline, received));
    return { kind: 'matched', start: { kind: 'reported-as-failed', error } } as const;
  }
}

function requestOf(match: Match, pipeline: Pipeline, received: ReceivedEvent): Omit<StartRequest, 'source'> {
  const { inboxId, receivedAt, identity, event } = received;
  return {
    pipeline,
    reason: inboxId,
    at: receivedAt,
    identity,
    actAsCaller: match.actAsCaller,
    cause: { inboxId, ...(event.eventId !== null && { eventId: event.eventId }) },
  };
}
