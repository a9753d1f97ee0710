import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ConstraintMatcher } from '../../artifacts/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { IndexHolder } from '../index/index-holder.js';
import { ManualMonitor } from '../manual/manual-monitor.js';
import { triggerHandlers } from '../trigger-handler.js';
import type { Monitor } from './match.js';
import { TriggerMonitor } from './trigger-monitor.js';
import { TriggerPermission } from './trigger-permission.js';

/** All monitors: one for each trigger handler found, and the one for manual starts. */
@Injectable()
export class Monitors implements OnModuleInit {
  private all: readonly Monitor[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly index: IndexHolder,
    private readonly permission: TriggerPermission,
    private readonly manual: ManualMonitor,
    private readonly patterns: PatternCompiler,
    private readonly constraints: ConstraintMatcher,
  ) {}

  onModuleInit(): void {
    const tools = { patterns: this.patterns, constraints: this.constraints };
    const monitors = triggerHandlers
      .collect(this.discovery)
      .map(({ options, instance }) => new TriggerMonitor(options.name, instance, this.index, this.permission, tools));
    this.all = [...monitors, this.manual];
  }

  /** The monitors that take events of this type. */
  for(eventType: string): readonly Monitor[] {
    return this.all.filter((monitor) => monitor.accepts(eventType));
  }
}
