import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Bus } from '../../events/index.js';
import { Deferred } from '../../platform/lifecycle/index.js';
import { TriggerTypes, type PipelinesRefreshed, pipelinesRefreshed, triggerInvalid } from '../../pipelines/index.js';
import { type TriggerHandler, triggerHandlers } from '../trigger-handler.js';
import { TriggerIndex } from './trigger-index.js';

/** Builds the trigger index anew whenever the pipelines have changed. */
@Injectable()
export class IndexHolder implements OnModuleInit {
  private readonly log = new Logger('TriggerIndex');
  private readonly first = new Deferred<TriggerIndex>();
  private handlers: readonly TriggerHandler[] = [];
  private reported = new Set<string>();
  /** `undefined` until the pipelines have been loaded for the first time. */
  current: TriggerIndex | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly discovery: DiscoveryService,
    private readonly types: TriggerTypes,
  ) {}

  onModuleInit(): void {
    this.handlers = triggerHandlers.collect(this.discovery).map(({ instance }) => instance);
    this.types.add(this.handlers.flatMap((handler) => handler.triggerTypes));
    this.bus.subscribe(pipelinesRefreshed, 'trigger index', (refreshed) => this.rebuild(refreshed));
  }

  /** Resolves as soon as pipelines are known: events that come before wait here. */
  ready(): Promise<TriggerIndex> {
    return this.first.promise;
  }

  private rebuild({ snapshot, before }: PipelinesRefreshed): void {
    if (this.current && before && sameItems(snapshot.pipelines, before.pipelines)) return;
    this.current = new TriggerIndex(snapshot.pipelines, this.handlers);
    this.first.resolve(this.current);
    this.report(this.current);
  }

  /** Each incomplete trigger is told of once, as long as it stays incomplete. */
  private report({ incomplete }: TriggerIndex): void {
    const now = new Set<string>();
    for (const { pipeline, trigger, missing } of incomplete) {
      const key = `${pipeline.id ?? pipeline.name}/${trigger.id ?? ''}`;
      now.add(key);
      if (this.reported.has(key) || !trigger.enabled) continue;
      const reason = `a ${trigger.type ?? ''} trigger needs ${missing.join(' and ')}`;
      this.log.warn({ message: `Trigger of ${pipeline.application}:${pipeline.name} can never match: ${reason}` });
      this.bus.publish(triggerInvalid, {
        application: pipeline.application,
        pipelineName: pipeline.name,
        pipelineId: pipeline.id ?? null,
        triggerId: trigger.id ?? null,
        triggerType: trigger.type ?? null,
        reason,
      });
    }
    this.reported = now;
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
