import { z } from 'zod';
import { setting } from '../../../platform/settings/index.js';

const notification = z.looseObject({
  type: z.string().optional(),
  address: z.string().optional(),
  level: z.string().optional(),
  when: z.array(z.string()).optional(),
});

export const dryrunConfig = {
  enabled: setting.flag('dryrun.enabled', {
    default: false,
    description: 'Runs a pipeline a second time, dry, for notifications of type dryrun.',
  }),
  baseUrl: setting.text('dryrun.baseUrl', { description: 'The orca that runs pipelines dry.' }),
  notifications: setting.shape(
    'dryrun.notifications',
    'list of notifications: type, address, level, when',
    z.array(notification) as z.ZodType<readonly z.infer<typeof notification>[]>,
    { default: [], description: 'Who is told of dry runs, in place of those whom the pipeline tells.' },
  ),
};
