import type { Setting } from '../platform/settings/index.js';
import { emitterFaults } from './checks/artifact-emitter.js';
import { databaseFaults } from './checks/database.js';
import { roleFaults } from './checks/roles.js';
import { storeFaults } from './checks/tls.js';
import { KeyReview, strayWarning } from './checks/unknown-keys.js';
import type { Entry } from './entry.js';
import { whereOf } from './entry.js';
import type { Environment } from './environment.js';
import { type Fault, faultText } from './fault.js';
import type { Profile } from './profile.js';
import { keyOf } from './key.js';
import type { Secrets } from './secrets/secrets.js';
import { jsonEntries } from './sources/application-json.js';
import { documentHolds } from './sources/profile-documents.js';
import { variableEntries } from './sources/variables.js';
import { type SourceFile, parseYamlFile } from './sources/yaml-file.js';
import { withConnectionPool } from './values/connection-pools.js';
import { type Layer, merge } from './values/merged.js';
import { withMountedSecrets } from './values/mounted-secrets.js';
import { Placeholders } from './values/placeholders.js';
import { type Resolution, type Resolved, SettingReader } from './values/resolve.js';

/** All that a configuration is made of, already read. */
export interface Material {
  readonly profile: Profile;
  /** In the order in which they are merged: built-in ones first. */
  readonly files: readonly SourceFile[];
  readonly environment: Environment;
  /** Names for which documents inside the files can be meant. */
  readonly activeProfiles: ReadonlySet<string>;
  readonly settings: readonly Setting<unknown>[];
  readonly secrets: Secrets;
}

/** What a configuration says: every setting's value, and all that is wrong with it. */
export interface Reading {
  readonly values: ReadonlyMap<Setting<unknown>, Resolved>;
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
  readonly reader: SettingReader;
  /** Reads a setting that was not among the material's, such as one of an extension, with its variables. */
  readonly readLate: (setting: Setting<unknown>) => Resolution;
}

/** One key in two spellings with two values in the same document: the second one holds. */
function doubleWarnings(entries: readonly Entry[]): string[] {
  const seen = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const first = seen.get(entry.path);
    seen.set(entry.path, entry);
    if (!first || first.leaf === entry.leaf) return [];
    const keys = `'${keyOf(first.names)}' and '${keyOf(entry.names)}'`;
    return [`${whereOf(entry.origin)}: ${keys} are one key with two values; the last one holds.`];
  });
}

interface Documents {
  readonly entries: readonly (readonly Entry[])[];
  readonly faults: readonly Fault[];
}

function documentsOf(files: readonly SourceFile[], active: ReadonlySet<string>): Documents {
  const parsed = files.map(parseYamlFile);
  return {
    entries: parsed.flatMap((file) => file.documents).filter((entries) => documentHolds(entries, active)),
    faults: parsed.flatMap((file) => file.faults),
  };
}

interface Values {
  readonly values: ReadonlyMap<Setting<unknown>, Resolved>;
  readonly faults: readonly Fault[];
}

function readAll(settings: readonly Setting<unknown>[], reader: SettingReader): Values {
  const values = new Map<Setting<unknown>, Resolved>();
  const faults: Fault[] = [];
  for (const setting of settings) {
    const resolution = reader.read(setting);
    if (resolution.kind === 'value') values.set(setting, resolution);
    else faults.push(...resolution.faults);
  }
  return { values, faults };
}

/** One line each, however many ways lead to it. */
const distinct = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [faultText(fault), fault])).values(),
];

/** Merges files and variables, reads every setting and checks everything; finds all faults, not only the first. */
export function readConfiguration(material: Material): Reading {
  const { profile, environment, settings, secrets } = material;
  const documents = documentsOf(material.files, material.activeProfiles);
  const layers: Layer[] = documents.entries.map((entries) => ({ entries, lists: 'replace' }));
  const json = jsonEntries(environment);
  const readerOf = (known: readonly Setting<unknown>[]): { reader: SettingReader; faults: readonly Fault[] } => {
    const variables: Layer = { entries: variableEntries(environment, known), lists: 'overlay' };
    const merged = withConnectionPool(merge([...layers, variables, { entries: json.entries, lists: 'replace' }]));
    const placeholders = new Placeholders(merged, environment);
    const mounted = withMountedSecrets(merged, known, (text, key) => placeholders.fill(text, key));
    const filled = new Placeholders(mounted.merged, environment);
    return { reader: new SettingReader(mounted.merged, filled, secrets), faults: mounted.faults };
  };
  const { reader, faults: unread } = readerOf(settings);
  const { values, faults } = readAll(settings, reader);
  const keys = new KeyReview(settings).review(documents.entries.flat());
  const strays = [...values.values()].flatMap((resolved) => resolved.strays.map(strayWarning));
  return {
    values,
    reader,
    readLate: (setting) => readerOf([...settings, setting]).reader.read(setting),
    faults: distinct([
      ...documents.faults,
      ...json.faults,
      ...unread,
      ...keys.faults,
      ...faults,
      ...roleFaults(profile, reader),
      ...databaseFaults(reader),
      ...emitterFaults(reader),
      ...storeFaults(values),
    ]),
    warnings: [...documents.entries.flatMap(doubleWarnings), ...keys.warnings, ...strays],
  };
}
