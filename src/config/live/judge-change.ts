import { type JsonValue, stringifyJson } from '../../platform/json/index.js';
import type { Setting } from '../../platform/settings/index.js';
import { strayText } from '../checks/unknown-keys.js';
import type { Entry, Origin } from '../entry.js';
import { parseYamlFile } from '../sources/yaml-file.js';
import { type Resolved, fitted } from '../values/resolve.js';
import type { SettingChange } from './setting-changes.js';

/** What comes of a change, once it is held against the schema of its setting. */
export type Judgement =
  | { readonly kind: 'good'; readonly resolved: Resolved }
  /** What is wrong with it, with the key and what would be valid. */
  | { readonly kind: 'faulty'; readonly problem: string };

/** A change that sets something. */
export type GivenChange = SettingChange & { readonly value: JsonValue };

function entriesOf(key: string, value: JsonValue, origin: Origin): Entry[] {
  // JSON is YAML: the value comes apart as it would in a file.
  const { documents } = parseYamlFile({
    name: key,
    text: `{${JSON.stringify(key)}: ${stringifyJson(value)}}`,
    kind: 'file',
  });
  return documents.flat().map((entry) => ({ ...entry, origin }));
}

/** Reads a changed value as if it stood in a file; placeholders and references to secrets in it are texts like any other. */
export function judgeChange(setting: Setting<unknown>, { value, by, at, why, cluster }: GivenChange): Judgement {
  const origin: Origin = { kind: 'change', by, at, why, ...(cluster !== undefined && { cluster }) };
  const entries = entriesOf(setting.key, value, origin).filter(({ leaf }) => leaf !== null);
  const texts = new Map(
    entries.flatMap((entry) => (typeof entry.leaf === 'string' ? [[entry, entry.leaf] as const] : [])),
  );
  const resolution = fitted(setting, entries, texts);
  if (resolution.kind === 'faulty') {
    return { kind: 'faulty', problem: resolution.faults.map(({ key, problem }) => `${key}: ${problem}`).join('; ') };
  }
  const [stray] = resolution.strays;
  return stray ? { kind: 'faulty', problem: strayText(stray) } : { kind: 'good', resolved: resolution };
}
