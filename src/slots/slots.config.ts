import { setting } from '../platform/settings/index.js';

export const slotsConfig = {
  timeZone: setting.text('scheduler.cron.timezone', {
    default: 'America/Los_Angeles',
    description:
      'The time zone of cron triggers that name none, an id such as Europe/Berlin; an unknown one means GMT.',
  }),
  dstPolicy: setting.choice('scheduler.cron.dstPolicy', ['quartz', 'fixed'], {
    default: 'quartz',
    description:
      'When the clocks change: quartz skips times in the gap and runs repeated ones in the second pass; fixed runs a time ' +
      'in the gap right after it and a repeated one in the first pass.',
  }),
  remembered: setting.count('scheduler.ledger.remembered', {
    default: 20_000,
    description: 'In memory mode, of how many slots it is remembered what became of them.',
  }),
  keepMs: setting.millis('scheduler.ledger.keepMs', {
    default: 3_024_000_000,
    description: 'In SQL mode, for how long it is remembered what became of a slot.',
  }),
};
