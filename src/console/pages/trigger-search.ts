import { Injectable } from '@nestjs/common';
import { type KnownTrigger, KnownTriggers } from '../../slots/index.js';

const isMeant = ({ trigger, pipeline }: KnownTrigger, wanted: string): boolean =>
  wanted === '' ||
  trigger.application === wanted ||
  trigger.pipelineId === wanted ||
  trigger.key === wanted ||
  pipeline?.name === wanted;

/** Finds cron triggers among all that are known. */
@Injectable()
export class TriggerSearch {
  constructor(private readonly known: KnownTriggers) {}

  /**
   * The first few that are meant.
   *
   * @param wanted an application, the id or name of a pipeline, or the key of a trigger; empty for all
   */
  async find(wanted: string, limit: number): Promise<KnownTrigger[]> {
    const found: KnownTrigger[] = [];
    for (const known of await this.known.all()) {
      if (isMeant(known, wanted)) found.push(known);
      if (found.length >= limit) break;
    }
    return found;
  }

  async byKey(key: string): Promise<KnownTrigger | undefined> {
    return (await this.known.all()).find(({ trigger }) => trigger.key === key);
  }
}
