import { type Check, failed, faulty, passed } from '../../trigger-handler.js';
import { parseRange } from './npm-range.js';
import { parseVersion } from './npm-version.js';

/** A chart's version against a trigger's range; blank means any version. */
export const chartVersion: Check<{ readonly version: string }> = {
  rule: 'version',
  check: (trigger, event) => {
    const text = trigger.version?.trim() ?? '';
    if (text === '') return passed;
    const range = parseRange(text);
    if (range.kind === 'invalid') return faulty(text, `the version range ${text} cannot be understood`);
    const version = parseVersion(event.version);
    if (!version) return failed(text, `${event.version}, which is no version`);
    return range.includes(version) ? passed : failed(text, event.version);
  },
};
