import type { Command } from './command.js';
import { cron } from './cron.js';
import { discard } from './discard.js';
import { explain } from './explain.js';
import { importing } from './import/import.js';
import { next } from './next.js';
import { redrive } from './redrive.js';
import { replay } from './replay.js';
import { shadowReport } from './shadow-report.js';
import { testNotification } from './test-notification.js';
import { triggerTest } from './trigger-test.js';
import { validate } from './validate.js';

/** What `echo` can do, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  explain,
  next,
  cron,
  validate,
  triggerTest,
  testNotification,
  replay,
  redrive,
  discard,
  shadowReport,
  importing,
];

/** Where an Echo is asked when nobody says where. */
export const LOCAL = 'http://127.0.0.1:8089';

/** Options of all commands: what each means, by name. */
export const SHARED_OPTIONS = {
  url: `the Echo to ask; else the variable ECHO_URL, else ${LOCAL}`,
  token: 'sent as a bearer token; else the variable ECHO_TOKEN',
};
export const SHARED_FLAGS = { json: 'the answer as JSON' };
