import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';

export const OVERLAP_POLICIES = ['allow', 'skip', 'buffer-one'] as const;

/** What happens to a slot whose trigger's last run is not over. */
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

const texts = member.texts.default([]);

/** A time as people write it: a date, a local date and time, or an instant with its offset. */
const time = member.text.refine(
  (text) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/.test(text),
  {
    message: 'a date such as 2026-12-24, a local time such as 2026-12-24T18:00, or an instant with Z or an offset',
  },
);

const span = z.union([
  z.strictObject({ date: time.refine((text) => !text.includes('T'), { message: 'a date such as 2026-12-24' }) }),
  z.strictObject({ from: time, to: time }),
  z.strictObject({ cron: member.text, duration: member.millis }),
]);

const calendar = z.object({
  name: member.text,
  applications: texts,
  labels: texts,
  timeZone: member.text.optional(),
  windows: z.array(span),
});

export type CalendarOptions = z.output<typeof calendar>;
export type SpanOptions = z.output<typeof span>;

export const policyConfig = {
  from: setting.instant('scheduler.triggers.from', {
    dynamic: true,
    description:
      'The first instant whose slots of cron triggers are started here; those before are recorded as another Echo’s. With ' +
      '`scheduler.triggers.until` before it, what lies between the two is the other’s. See migration.md.',
  }),
  until: setting.instant('scheduler.triggers.until', {
    dynamic: true,
    description: 'Slots of cron triggers from this instant on are not started here, but recorded as another Echo’s.',
  }),
  overlapPolicy: setting.choice('scheduler.overlapPolicy', OVERLAP_POLICIES, {
    default: 'allow',
    dynamic: true,
    description:
      'What happens to a slot while the last run of its trigger is not over, where the trigger itself (`overlapPolicy`) does ' +
      'not say: it starts all the same, is skipped, or waits in orca, the latest one only.',
  }),
  catchUpWindowMs: setting.millis('scheduler.catchUpWindowMs', {
    default: 0,
    dynamic: true,
    description:
      'How far back the scheduler runs slots that it slept through, beyond the misfire threshold, where the trigger ' +
      '(`catchUpWindowMs`) does not say; 0: it does not.',
  }),
  jitterMs: setting.millis('scheduler.jitterMs', {
    default: 0,
    dynamic: true,
    description:
      'Starts of slots are spread over this span after their instant, each trigger always by the same delay, where the ' +
      'trigger (`jitterMs`) does not say.',
  }),
  calendars: setting.shape(
    'scheduler.calendars',
    'list of calendars, each with a name and windows: { date }, { from, to } or { cron, duration }',
    z.array(calendar),
    {
      default: [],
      dynamic: true,
      description:
        'Times in which cron triggers are held back, and recorded as such: `name`, `windows`, and for whom: `applications` ' +
        '(* stands for anything) and `labels` (tags of the pipeline, `name:value`); without both for all. `timeZone` is that of ' +
        'dates and local times. See configuring.md.',
    },
  ),
};
