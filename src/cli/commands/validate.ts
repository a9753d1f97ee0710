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
      const lines = [...notices, ...warnings.map((warning) => `warning: ${warning}`), 'The configuration is good.'];
      return Promise.resolve({
        data: { valid: true, warnings: [...warnings], notices: [...notices] },
        text: `${lines.join('\n')}\n`,
      });
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return Promise.resolve({ data: { valid: false, message: error.message }, text: `${error.message}\n`, code: 1 });
    }
  },
};
