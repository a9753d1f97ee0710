import type { Setting } from '../platform/settings/index.js';
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
import { documentHolds } from './sources/profile-documents.js';
import { variableEntries } from './sources/variables.js';
import { type SourceFile, parseYamlFile } from './sources/yaml-file.js';
import { type Layer, merge } from './values/merged.js';
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
  const { profile, environment, settings } = material;
  const documents = documentsOf(material.files, material.activeProfiles);
  const layers: Layer[] = documents.entries.map((entries) => ({ entries, lists: 'replace' }));
  const readerOf = (known: readonly Setting<unknown>[]): SettingReader => {
    const merged = merge([...layers, { entries: variableEntries(environment, known), lists: 'overlay' }]);
    return new SettingReader(merged, new Placeholders(merged, environment));
  };
  const reader = readerOf(settings);
  const { values, faults } = readAll(settings, reader);
  const keys = new KeyReview(settings).review(documents.entries.flat());
  const strays = [...values.values()].flatMap((resolved) => resolved.strays.map(strayWarning));
  return {
    values,
    reader,
    readLate: (setting) => readerOf([...settings, setting]).read(setting),
    faults: distinct([
      ...documents.faults,
      ...keys.faults,
      ...faults,
      ...roleFaults(profile, reader),
      ...databaseFaults(reader),
      ...storeFaults(values),
    ]),
    warnings: [...documents.entries.flatMap(doubleWarnings), ...keys.warnings, ...strays],
  };
}
