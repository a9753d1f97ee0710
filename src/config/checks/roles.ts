import { readTruth } from '../../platform/settings/index.js';
import { whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import type { Profile } from '../profile.js';
import type { SettingReader } from '../values/resolve.js';

/** The switches without which a profile has nothing to do. */
const SWITCHES: Readonly<Record<Profile, readonly string[]>> = {
  echo: [],
  'echo-scheduler': ['scheduler.enabled'],
  'echo-missed-scheduler': ['scheduler.enabled', 'scheduler.compensationJob.enabled'],
  standalone: [],
};

/** A role that its own configuration switches off would start and do nothing: it stops the boot instead. */
export function roleFaults(profile: Profile, reader: SettingReader): Fault[] {
  return SWITCHES[profile].flatMap((key) => {
    const found = reader.textAt(key);
    if (!found || readTruth(found.text) !== false) return [];
    const problem = `is off, but it is what NEST_PROFILE=${profile} is for: set it to true, or choose another profile`;
    return [{ where: whereOf(found.origin), key, problem }];
  });
}
