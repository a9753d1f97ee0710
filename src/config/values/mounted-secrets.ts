import { readFileSync } from 'node:fs';
import { messageOf } from '../../platform/errors/index.js';
import type { Setting } from '../../platform/settings/index.js';
import { type Entry, whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import { isWithin, keyOf, pathOf, segmentsOf } from '../key.js';
import { namesSecret } from '../redact.js';
import { Merged } from './merged.js';

/** What `<key>File` became. */
export interface MountedSecrets {
  readonly merged: Merged;
  readonly faults: readonly Fault[];
}

/** `slack.tokenFile` and `slack.token-file` name a file with `slack.token`. */
const SUFFIX = /[-_]?file$/i;

/** Whether a key may come from a file: a secret of Echo's. Headers have a file of their own, with their names in it. */
export function secretKeys(settings: readonly Setting<unknown>[]): (path: string) => boolean {
  const owned = settings.map(({ key, secret }) => ({ path: pathOf(segmentsOf(key)), secret: secret === true }));
  return (path) =>
    owned.some((one) => isWithin(path, one.path) && (one.secret || (path !== one.path && namesSecret(path))));
}

/** The key that an entry gives a file for, if it does. */
export function keyFromFile({ names, path }: Pick<Entry, 'names' | 'path'>): Pick<Entry, 'names' | 'path'> | undefined {
  const last = names.at(-1) ?? '';
  const stem = last.replace(SUFFIX, '');
  if (stem === last || stem === '') return undefined;
  return { names: [...names.slice(0, -1), stem], path: path.replace(/file$/, '') };
}

/** Reads `<key>File` for every secret `<key>` that is not written itself: how Docker and Kubernetes hand secrets over. */
export function withMountedSecrets(
  merged: Merged,
  settings: readonly Setting<unknown>[],
  fill: (text: string, key: string) => string,
): MountedSecrets {
  const isSecret = secretKeys(settings);
  const owned = new Set(settings.map(({ key }) => pathOf(segmentsOf(key))));
  const faults: Fault[] = [];
  const entries = merged.all().flatMap((entry): Entry[] => {
    const target = keyFromFile(entry);
    if (!target || !isSecret(target.path) || owned.has(entry.path) || typeof entry.leaf !== 'string') return [entry];
    if (merged.at(target.path)) return [];
    try {
      const text = readFileSync(fill(entry.leaf, keyOf(entry.names)), 'utf8').replace(/\r?\n$/, '');
      return [{ ...target, leaf: text, origin: entry.origin }];
    } catch (error) {
      const problem = `cannot be read: ${messageOf(error)}`;
      faults.push({ where: whereOf(entry.origin), key: keyOf(entry.names), problem });
      return [];
    }
  });
  return { merged: new Merged(new Map(entries.map((entry) => [entry.path, entry]))), faults };
}
