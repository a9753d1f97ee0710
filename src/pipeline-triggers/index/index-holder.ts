import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Bus } from '../../events/index.js';
import { Deferred } from '../../platform/lifecycle/index.js';
import { type Pipeline, TriggerTypes, type PipelinesRefreshed, pipelinesRefreshed } from '../../pipelines/index.js';
import { type TriggerHandler, triggerHandlers } from '../trigger-handler.js';
import { InvalidTriggers } from './invalid-triggers.js';
import { requireOwnTypes } from './own-types.js';
import { TriggerIndex } from './trigger-index.js';

/** Builds the trigger index anew whenever the pipelines have changed. */
@Injectable()
export class IndexHolder implements OnModuleInit {
  private readonly first = new Deferred<TriggerIndex>();
  private handlers: readonly TriggerHandler[] = [];
  /** `undefined` until the pipelines have been loaded for the first time. */
  current: TriggerIndex | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly discovery: DiscoveryService,
    private readonly types: TriggerTypes,
    private readonly invalid: InvalidTriggers,
  ) {}

  onModuleInit(): void {
    const found = triggerHandlers.collect(this.discovery);
    requireOwnTypes(found);
    this.handlers = found.map(({ instance }) => instance);
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
    this.report(snapshot.pipelines, this.current);
  }

  private report(pipelines: readonly Pipeline[], { incomplete }: TriggerIndex): void {
    this.invalid.keepOnly(pipelines);
    for (const { pipeline, trigger, missing } of incomplete) {
      if (!trigger.enabled || pipeline.disabled) continue;
      const reason = `a ${trigger.type ?? ''} trigger needs ${missing.join(' and ')}`;
      this.invalid.tell({ pipeline, trigger }, 'can never match', reason);
    }
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
