import { Injectable } from '@nestjs/common';
import { type KnownTrigger, UpcomingSlots } from '../upcoming/upcoming.js';

const isMeant = ({ trigger, pipeline }: KnownTrigger, wanted: string): boolean =>
  wanted === '' ||
  pipeline.application === wanted ||
  pipeline.name === wanted ||
  pipeline.id === wanted ||
  trigger.key === wanted;

/** Finds cron triggers among those of the loaded pipelines. */
@Injectable()
export class TriggerSearch {
  constructor(private readonly upcoming: UpcomingSlots) {}

  /**
   * The first few that are meant.
   *
   * @param wanted an application, the id or name of a pipeline, or the key of a trigger; empty for all
   */
  find(wanted: string, limit: number): KnownTrigger[] {
    const found: KnownTrigger[] = [];
    for (const known of this.upcoming.triggers) {
      if (isMeant(known, wanted)) found.push(known);
      if (found.length >= limit) break;
    }
    return found;
  }

  byKey(key: string): KnownTrigger | undefined {
    return this.upcoming.triggers.find(({ trigger }) => trigger.key === key);
  }
}
