import type { Setting } from '../platform/settings/index.js';
import { catalogue } from './catalogue.js';
import { ConfigurationError } from './fault.js';
import { FileSettings } from './file-settings.js';
import { noticesOf } from './notices.js';
import type { Profile } from './profile.js';
import { type ConfigurationInputs, ConfigurationSource, type Interpretation } from './source.js';
import type { OperatorFiles } from './sources/operator-files.js';

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

/**
 * Loads the configuration: built-in base, built-in profile, the operator's files, then the environment, later ones
 * winning.
 * @throws ConfigurationError with every fault there is, each with its key, its place and what would be valid
 */
export function loadConfiguration(inputs: LoadInputs): LoadedConfiguration {
  const source = sourceFrom(inputs);
  const look = source.look();
  return loaded(source, look, source.interpret(look));
}

/**
 * The same, with references into secret stores opened.
 * @throws ConfigurationError also when a secret cannot be opened
 */
export async function openConfiguration(inputs: LoadInputs): Promise<LoadedConfiguration> {
  const source = sourceFrom(inputs);
  const look = source.look();
  const interpretation = source.interpret(look);
  const opened = await source.openSecrets(interpretation);
  return loaded(source, look, opened ? source.interpret(look) : interpretation);
}

const sourceFrom = (inputs: LoadInputs): ConfigurationSource =>
  new ConfigurationSource({ ...inputs, settings: inputs.settings ?? catalogue() });

function loaded(source: ConfigurationSource, look: OperatorFiles, interpretation: Interpretation): LoadedConfiguration {
  if (interpretation.faults.length > 0) throw new ConfigurationError(interpretation.faults, interpretation.warnings);
  const operatorFiles = look.files.map(({ name }) => name);
  return {
    profile: interpretation.profile,
    settings: new FileSettings(source, look, interpretation),
    warnings: interpretation.warnings,
    notices: noticesOf(interpretation, operatorFiles),
    operatorFiles,
  };
}
