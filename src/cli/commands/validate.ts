import { ConfigurationError, loadConfiguration } from '../../config/index.js';
import type { Command, Finding } from './command.js';

/** `echo validate`: reads a configuration as the service would at boot, and opens no secrets. */
export const validate: Command = {
  name: 'validate',
  usage: '<file or folder> … [--profile <name>]',
  summary: 'all faults of configuration files, each with its file and line',
  options: { profile: 'of the process that would read them, else echo' },
  alone: true,
  words: [1, Number.POSITIVE_INFINITY],
  run({ words, options: { profile = 'echo' }, surroundings: { env, cwd } }): Promise<Finding> {
    const given = { ...env, NEST_PROFILE: profile, ECHO_CONFIG_PATH: words.join(',') };
    try {
      const { warnings, notices } = loadConfiguration({ env: given, cwd });
      return Promise.resolve(good(warnings, notices));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return Promise.resolve(judged(error));
    }
  },
};

function good(warnings: readonly string[], notices: readonly string[]): Finding {
  const lines = [...notices, ...warnings.map((warning) => `warning: ${warning}`), 'The configuration is good.'];
  return { data: { valid: true, warnings: [...warnings], notices: [...notices] }, text: `${lines.join('\n')}\n` };
}

/** A secret in a store is no fault here: whether it can be had is seen where Echo runs. */
function judged({ faults, warnings }: ConfigurationError): Finding {
  const real = faults.filter(({ unopened }) => !unopened);
  if (real.length > 0) {
    const { message } = new ConfigurationError(real);
    return { data: { valid: false, message }, text: `${message}\n`, code: 1 };
  }
  const notes = faults.map(({ where, key }) => `${where}: ${key}: is in a secret store, which is opened at boot`);
  return good(warnings, notes);
}
