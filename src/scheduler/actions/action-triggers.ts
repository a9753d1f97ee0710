import { ContributesTriggers, type CronTrigger, type TriggerSource } from '../../slots/index.js';
import { TriggerStore } from '../trigger-store.js';

/** Lets those who show what is to come know of the triggers that were made by hand. */
@ContributesTriggers({ name: 'scheduled-actions' })
export class ActionTriggers implements TriggerSource {
  constructor(private readonly store: TriggerStore) {}

  async triggers(): Promise<CronTrigger[]> {
    return (await this.store.list('user')).map(({ trigger }) => trigger);
  }
}
