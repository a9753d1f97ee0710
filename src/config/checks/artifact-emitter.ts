import { readTruth } from '../../platform/settings/index.js';
import { whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import type { SettingReader } from '../values/resolve.js';

/** An emitter that has nobody to tell is a mistake. */
export function emitterFaults(reader: SettingReader): Fault[] {
  const found = reader.textAt('artifactEmitter.enabled');
  if (!found || readTruth(found.text) !== true) return [];
  if (readTruth(reader.textAt('keel.enabled')?.text ?? '') === true) return [];
  const problem = 'is on, but there is no keel to tell: set keel.enabled and keel.baseUrl, or take it out';
  return [{ where: whereOf(found.origin), key: 'artifactEmitter.enabled', problem }];
}
