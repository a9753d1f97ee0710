import type { Setting } from '../platform/settings/index.js';
import { catalogue } from './catalogue.js';
import { whereOf } from './entry.js';
import { ConfigurationError } from './fault.js';
import { FileSettings } from './file-settings.js';
import type { Profile } from './profile.js';
import { type ConfigurationInputs, ConfigurationSource, type Interpretation } from './source.js';

/** A configuration without faults. */
export interface LoadedConfiguration {
  readonly profile: Profile;
  readonly settings: FileSettings;
  /** What is probably not meant: one line each. */
  readonly warnings: readonly string[];
  /** What was decided for the operator: one line each. */
  readonly notices: readonly string[];
  /** The operator's files that were read, in the order in which they were merged. */
  readonly operatorFiles: readonly string[];
}

/** `settings` may be left out: all of Echo's. */
export type LoadInputs = Omit<ConfigurationInputs, 'settings'> & { readonly settings?: readonly Setting<unknown>[] };

function noticesOf({ choice, reader }: Interpretation, operatorFiles: readonly string[]): string[] {
  if (choice.kind === 'first-look') {
    return [
      "NEST_PROFILE is not set and no configuration was found: running 'standalone', every role in one process over a " +
        'simulated orca. Put your own configuration into ./config or name it in ECHO_CONFIG_PATH.',
    ];
  }
  if (choice.kind !== 'packaged') return [];
  const switches = ['scheduler.enabled', 'scheduler.pipelineConfigsPoller.enabled'].flatMap((key) => {
    const found = reader.textAt(key);
    return found ? [`${key} is ${found.text} (${whereOf(found.origin)})`] : [];
  });
  const found = operatorFiles.length > 0 ? operatorFiles.join(', ') : 'ECHO_CONFIG_PATH or the environment';
  return [
    `NEST_PROFILE is not set: running 'echo' as it was always packaged, since there is configuration in ${found}: ` +
      `${switches.join(', ')}.`,
  ];
}

/**
 * Loads the configuration: built-in base, built-in profile, the operator's files, then the environment, later ones
 * winning.
 * @throws ConfigurationError with every fault there is, each with its key, its place and what would be valid
 */
export function loadConfiguration(inputs: LoadInputs): LoadedConfiguration {
  const source = new ConfigurationSource({ ...inputs, settings: inputs.settings ?? catalogue() });
  const look = source.look();
  const interpretation = source.interpret(look);
  if (interpretation.faults.length > 0) throw new ConfigurationError(interpretation.faults);
  const operatorFiles = look.files.map(({ name }) => name);
  return {
    profile: interpretation.profile,
    settings: new FileSettings(source, look, interpretation),
    warnings: interpretation.warnings,
    notices: noticesOf(interpretation, operatorFiles),
    operatorFiles,
  };
}
