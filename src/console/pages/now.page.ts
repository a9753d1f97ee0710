import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type HealthContributor, type HealthPart, healthContributors } from '../../platform/health/index.js';
import { type Peer, Peers } from '../../platform/http/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { UpcomingSlots } from '../../slots/index.js';
import { Page, Pages } from '../rendering/page.js';
import { ConsoleRenderer } from '../rendering/renderer.js';
import { shownTime } from '../rendering/times.js';
import { Switches } from './switches.js';
import { upcomingView } from './trigger.view.js';

const SHOWN_SLOTS = 50;

const partView = (name: string, { status, details }: HealthPart): JsonObject => ({
  name,
  status,
  tone: status === 'UP' ? 'good' : 'bad',
  details: Object.entries(details)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', '),
});

function peerView({ host, answeredAt, failedAt, failure = '' }: Peer): JsonObject {
  const fails = failedAt !== undefined && failedAt > (answeredAt ?? 0);
  return {
    host,
    status: fails ? 'fails' : 'answers',
    tone: fails ? 'bad' : 'good',
    answered: answeredAt === undefined ? 'never' : shownTime(answeredAt),
    failed: failedAt === undefined ? '' : `${shownTime(failedAt)} ${failure}`,
  };
}

/** The first page: how everything is, and what fires next. Nothing here asks a peer. */
@Pages('console')
export class NowPage implements OnModuleInit {
  private parts: readonly { readonly name: string; readonly contributor: HealthContributor }[] = [];

  constructor(
    private readonly renderer: ConsoleRenderer,
    private readonly discovery: DiscoveryService,
    private readonly switches: Switches,
    private readonly peers: Peers,
    private readonly upcoming: UpcomingSlots,
  ) {}

  onModuleInit(): void {
    this.parts = healthContributors
      .collect(this.discovery)
      .map(({ options, instance }) => ({ name: options.name, contributor: instance }));
  }

  @Page()
  async show(): Promise<string> {
    const next = await this.upcoming.within({ limit: SHOWN_SLOTS });
    return this.renderer.page('now', {
      parts: this.parts.map(({ name, contributor }) => partView(name, contributor.health())),
      peers: this.peers.all().map(peerView),
      ...this.switches.view(),
      next: next.map(upcomingView),
    });
  }
}
