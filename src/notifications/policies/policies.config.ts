import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const timeOfDay = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/);

const silence = z.object({
  application: member.text.optional(),
  channel: member.text.optional(),
  address: member.text.optional(),
  until: instant,
  reason: member.text,
});

const quietHours = z.object({
  from: timeOfDay,
  to: timeOfDay,
  timezone: z.string().default('UTC'),
  channels: member.texts.default([]),
  except: member.texts.default([]),
});

const digest = z.object({
  channel: member.text,
  address: member.text.optional(),
  window: member.millis,
  except: member.texts.default([]),
});

const address = z.object({ type: member.text, address: member.text });

export type Silence = z.infer<typeof silence>;
export type QuietHours = z.infer<typeof quietHours>;
export type DigestRule = z.infer<typeof digest>;
export type Address = z.infer<typeof address>;

/** All off by default: additions to what the original does. */
export const policiesConfig = {
  silences: setting.shape(
    'notifications.silences',
    'list of silences: application, channel, address (each may be left out), until (ISO 8601), reason',
    z.array(silence) as z.ZodType<readonly Silence[]>,
    {
      default: [],
      dynamic: true,
      description: 'Notifications about what orca reports that are recorded and not sent, until an instant.',
    },
  ),
  quietHours: setting.shape(
    'notifications.quietHours',
    'list of quiet hours: from and to (HH:MM), timezone, channels (all when empty), except (moments)',
    z.array(quietHours) as z.ZodType<readonly QuietHours[]>,
    {
      default: [],
      dynamic: true,
      description: 'Times of day at which notifications about what orca reports wait for the end of these hours.',
    },
  ),
  digests: setting.shape(
    'notifications.digests',
    'list of digests: channel, address (all when left out), window (10m), except (moments)',
    z.array(digest) as z.ZodType<readonly DigestRule[]>,
    {
      default: [],
      dynamic: true,
      description:
        'Notifications about what orca reports that are gathered, and told in one message for each window of time.',
    },
  ),
  fallback: setting.shape(
    'notifications.fallback',
    'map from a channel to another: type, address',
    z.record(z.string(), address) as z.ZodType<Readonly<Record<string, Address>>>,
    {
      default: {},
      dynamic: true,
      description: 'Who is told instead, by channel, when a notification cannot be delivered.',
    },
  ),
  failures: setting.shape(
    'notifications.failures',
    'list of addresses: type, address',
    z.array(address) as z.ZodType<readonly Address[]>,
    {
      default: [],
      dynamic: true,
      description:
        "Who is told of Echo's own failures: starts that were given up, invalid triggers, missed slots, effects that died.",
    },
  ),
};
