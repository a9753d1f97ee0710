import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Pipeline, PipelineCache } from '../../pipelines/index.js';
import { TriggerIndex } from '../index/trigger-index.js';
import { BuildLookUp } from '../manual/build-look-up.js';
import { type KnownPipelines, ManualMonitor } from '../manual/manual-monitor.js';
import type { Monitor } from '../match/match.js';
import { SharedParts } from '../match/monitors.js';
import { type MonitorParts, TriggerMonitor } from '../match/trigger-monitor.js';
import { TriggerPermission } from '../match/trigger-permission.js';
import { type TriggerHandler, triggerHandlers } from '../trigger-handler.js';

const nothing = (): void => undefined;

/** Monitors with the rules of the real ones, which leave no trace: no metric, no report, no memory of repeats. */
@Injectable()
export class DryMonitors {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly parts: SharedParts,
    private readonly permission: TriggerPermission,
    private readonly builds: BuildLookUp,
    private readonly cache: PipelineCache,
  ) {}

  /** @param given instead of the pipelines that Echo has loaded */
  over(given: readonly Pipeline[] | undefined): readonly Monitor[] {
    const handlers = triggerHandlers.collect(this.discovery);
    const parts = this.partsOver(
      given,
      handlers.map(({ instance }) => instance),
    );
    return [
      ...handlers.map(({ options, instance }) => new TriggerMonitor(options.name, instance, parts)),
      new ManualMonitor(given ? onlyThese(given) : asLoaded(this.cache), this.builds),
    ];
  }

  private partsOver(given: readonly Pipeline[] | undefined, handlers: readonly TriggerHandler[]): MonitorParts {
    const index = given && new TriggerIndex(given, handlers);
    return {
      index: index ? { current: index, ready: () => Promise.resolve(index) } : this.parts.index,
      permission: { denial: (candidate, inquiry) => this.permission.ask(candidate, inquiry), failed: nothing },
      invalid: { tell: nothing },
      repeats: { rejection: () => Promise.resolve(undefined) },
      tools: this.parts.tools,
    };
  }
}

/** A pipeline is taken as it is known: to refresh it may mean to have orca plan it. */
const asLoaded = (cache: PipelineCache): KnownPipelines => ({
  snapshot: () => cache.snapshot(),
  ready: () => cache.ready(),
  partial: cache.partial,
  find: (application, nameOrId, identity) => cache.find(application, nameOrId, identity),
  refresh: (known) => Promise.resolve(known),
});

function onlyThese(pipelines: readonly Pipeline[]): KnownPipelines {
  return {
    snapshot: () => ({ pipelines }),
    ready: () => Promise.resolve({ pipelines }),
    partial: false,
    find: () => Promise.resolve(undefined),
    refresh: (known) => Promise.resolve(known),
  };
}
