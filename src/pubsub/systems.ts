import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { EchoError, messageOf } from '../platform/errors/index.js';
import { isInService } from '../platform/instance/index.js';
import { Settings } from '../platform/settings/index.js';
import type { Source } from './message-event.js';
import { type Publisher, type PubsubSystem, pubsubSystems } from './pubsub-system.js';

/** A publisher and the system it belongs to. */
export interface Outlet {
  readonly system: string;
  readonly publisher: Publisher;
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** All subscriptions and publishers of all systems, as they are configured. */
@Injectable()
export class Systems implements OnModuleInit, OnApplicationShutdown {
  private readonly found = new Map<string, PubsubSystem>();
  sources: readonly Source[] = [];
  outlets: readonly Outlet[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    for (const { options, instance } of pubsubSystems.collect(this.discovery)) {
      this.found.set(options.name, instance);
    }
    const all = [...this.found];
    this.sources = all.flatMap(([system, instance]) =>
      instance.subscriptions().map((subscription) => ({ system, subscription })),
    );
    this.outlets = all.flatMap(([system, instance]) =>
      (instance.publishers?.() ?? []).map((publisher) => ({ system, publisher })),
    );
    demandOwnNames(this.sources.map(({ system, subscription }) => `${system} subscription '${subscription.name}'`));
    demandOwnNames(this.outlets.map(({ system, publisher }) => `${system} publisher '${publisher.name}'`));
  }

  /** By now the outbox has made its last publication. */
  async onApplicationShutdown(): Promise<void> {
    const ends = await Promise.allSettled(this.outlets.map(async ({ publisher }) => publisher.close?.()));
    for (const end of ends) {
      if (end.status === 'rejected') new Logger('Pubsub').warn(`A publisher did not close: ${messageOf(end.reason)}`);
    }
  }

  /** Messages wait where they are while the system is switched off, or this instance is out of service. */
  isPaused(system: string): boolean {
    return !isInService(this.settings) || (this.found.get(system)?.paused?.() ?? false);
  }

  source(system: string, name: string): Source | undefined {
    return this.sources.find((source) => source.system === system && source.subscription.name === name);
  }

  /** Publishers by name, in any case, of whatever system. */
  outletsNamed(name: string): readonly Outlet[] {
    return this.outlets.filter(({ publisher }) => sameName(publisher.name, name));
  }
}

/** Triggers ignore case, so that two names may not differ in it alone. */
function demandOwnNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.findIndex((other) => sameName(name, other)) !== index);
  if (twice === undefined) return;
  throw new EchoError(`There are two of: ${twice}. Give one of them another name.`, { code: 'faulty-pubsub' });
}
