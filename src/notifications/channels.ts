import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Extension } from '../platform/extension/index.js';
import { type Setting, Settings } from '../platform/settings/index.js';
import { type Channel, type ChannelOptions, channelPoint } from './channel.js';

export type NamedChannel = Extension<Channel, ChannelOptions>;

/** The channels that are on and have what they need. */
@Injectable()
export class Channels implements OnModuleInit {
  private readonly log = new Logger('Notifications');
  private channels: readonly NamedChannel[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.channels = channelPoint.collect(this.discovery).filter(({ options }) => this.isReady(options));
  }

  all(): readonly NamedChannel[] {
    return this.channels;
  }

  /** The channel whose notifications have this `type`. */
  named(type: string): NamedChannel | undefined {
    return this.channels.find(({ options }) => options.name === type);
  }

  /** The channel for direct notifications of this type, in whatever case it is written. */
  taking(notificationType: string): NamedChannel | undefined {
    return this.channels.find(({ options }) => options.requests === notificationType.toUpperCase());
  }

  private isReady({ name, builtIn }: ChannelOptions): boolean {
    if (!builtIn) return true;
    if (!this.settings.get(builtIn.enabled)) return false;
    const needs = (builtIn.required ?? []).map((need) => [need].flat() as readonly Setting<unknown>[]);
    const missing = needs
      .filter((ways) => !ways.some((setting) => this.settings.get(setting)))
      .map((ways) => ways.map(({ key }) => key).join(' or '));
    if (missing.length > 0) this.log.warn(`Channel '${name}' is off: set ${missing.join(', ')}.`);
    return missing.length === 0;
  }
}
