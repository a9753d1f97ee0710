import { extensionPoint } from '../../platform/extension/index.js';
import type { CronTrigger } from '../cron-trigger.js';

/** A provider that knows of cron triggers which are on no pipeline. */
export interface TriggerSource {
  triggers(): Promise<readonly CronTrigger[]>;
}

export const triggerSources = extensionPoint<TriggerSource, { readonly name: string }>(
  'echo:trigger-source',
  'trigger source',
  ['triggers'],
);

/** Makes the triggers of a provider known beside those of pipelines. */
export const ContributesTriggers = triggerSources.decorator;
