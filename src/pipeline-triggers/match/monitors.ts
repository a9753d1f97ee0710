import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ConstraintMatcher } from '../../artifacts/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { IndexHolder } from '../index/index-holder.js';
import { InvalidTriggers } from '../index/invalid-triggers.js';
import { ManualMonitor } from '../manual/manual-monitor.js';
import { RepeatCheck } from '../repeats/repeat-check.js';
import { type CheckTools, triggerHandlers } from '../trigger-handler.js';
import type { Monitor } from './match.js';
import { type MonitorParts, TriggerMonitor } from './trigger-monitor.js';
import { TriggerPermission } from './trigger-permission.js';

/** What every monitor works with. */
@Injectable()
export class SharedParts implements MonitorParts {
  readonly tools: CheckTools;

  constructor(
    readonly index: IndexHolder,
    readonly permission: TriggerPermission,
    readonly invalid: InvalidTriggers,
    readonly repeats: RepeatCheck,
    patterns: PatternCompiler,
    constraints: ConstraintMatcher,
  ) {
    this.tools = { patterns, constraints };
  }
}

/** Types are the senders' to choose, so only so many are remembered. */
const REMEMBERED_TYPES = 1000;

/** All monitors: one for each trigger handler found, and the one for manual starts. */
@Injectable()
export class Monitors implements OnModuleInit {
  private all: readonly Monitor[] = [];
  private readonly byType = new Map<string, readonly Monitor[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly parts: SharedParts,
    private readonly manual: ManualMonitor,
  ) {}

  onModuleInit(): void {
    const handlers = triggerHandlers.collect(this.discovery);
    const monitors = handlers.map(({ options, instance }) => new TriggerMonitor(options.name, instance, this.parts));
    this.all = [...monitors, this.manual];
  }

  /** The monitors that take events of this type. */
  for(eventType: string): readonly Monitor[] {
    const known = this.byType.get(eventType);
    if (known) return known;
    const monitors = this.all.filter((monitor) => monitor.accepts(eventType));
    if (this.byType.size < REMEMBERED_TYPES) this.byType.set(eventType, monitors);
    return monitors;
  }
}
