import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type EventDecided, eventDecided } from '../pipelines/index.js';
import { Settings } from '../platform/settings/index.js';
import { decisionsConfig } from './decisions.config.js';

/** Keeps what was decided about the latest events, so that people can ask why nothing happened. */
@Injectable()
export class DecisionLog implements OnModuleInit {
  private readonly events: EventDecided[] = [];
  private readonly capacity: number;

  constructor(
    private readonly bus: Bus,
    settings: Settings,
  ) {
    this.capacity = settings.get(decisionsConfig.capacity);
  }

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'decision log', (decided) => {
      this.events.push(decided);
      if (this.events.length > this.capacity) this.events.shift();
    });
  }

  /** Of all events with this id, the sender's or Echo's own, newest first. */
  of(eventId: string): EventDecided[] {
    return this.events.filter((event) => event.eventId === eventId || event.inboxId === eventId).reverse();
  }
}
