import { databaseConfig } from '../platform/database/index.js';
import { messageOf } from '../platform/errors/index.js';
import { schedulerConfig } from '../scheduler/scheduler.config.js';
import type { EffectiveSetting } from './effective.js';
import { processEnvironment } from './environment.js';
import { ConfigurationError } from './fault.js';
import type { FileSettings } from './file-settings.js';
import { applied } from './live/apply-changes.js';
import { storedChanges } from './live/stored-changes.js';
import { type LoadedConfiguration, openConfiguration } from './load.js';

/** Origins further right than this follow their value directly. */
const WIDEST = 70;

/** Plain scalars that YAML reads back as the same text; all else is quoted. */
const PLAIN = /^-?[\w./][\w./@%+ -]*(?::[\w./@%+-]+)*$/;

const scalar = (text: string): string => (PLAIN.test(text) && text === text.trim() ? text : JSON.stringify(text));

function lineOf({ key, value, origin }: EffectiveSetting, width: number): string {
  const isList = value === '[]' || (origin === 'default' && value?.startsWith('['));
  const pair = value === null ? `# ${key}:` : `${key}: ${isList ? value : scalar(value)}`;
  return `${pair.padEnd(width)}  # ${value === null ? 'not set' : origin}`;
}

/** The effective configuration as YAML that loads again but for secrets, every value with its origin as a comment. */
export function renderEffective({ profile, settings, warnings, notices }: LoadedConfiguration): string {
  const rows = settings.effective();
  const lengths = rows.map(({ key, value }) => `${key}: ${value ?? ''}`.length).filter((length) => length <= WIDEST);
  const width = Math.max(0, ...lengths);
  const head = [`profile: ${profile}`, ...notices, ...warnings.map((warning) => `warning: ${warning}`)];
  return [...head.map((line) => `# ${line}`), ...rows.map((row) => lineOf(row, width)), ''].join('\n');
}

/** Puts what was changed while Echo runs over the settings; answers what keeps that from being known. */
async function takeOverChanges(settings: FileSettings): Promise<string[]> {
  if (!settings.get(databaseConfig.enabled)) return [];
  const unknown = 'What was changed while Echo runs is not shown';
  if (settings.get(databaseConfig.embedded)) return [`${unknown}: it is in the database that Echo starts.`];
  try {
    const { values, faults } = applied(
      await storedChanges(settings),
      settings.live(),
      settings.get(schedulerConfig.cluster),
    );
    settings.change(values);
    return [...faults];
  } catch (error) {
    return [`${unknown}: ${messageOf(error)}`];
  }
}

/** `npm run config:print`: prints the configuration of this environment, or all its faults. */
export async function printConfiguration(): Promise<void> {
  try {
    const loaded = await openConfiguration({ env: processEnvironment(), cwd: process.cwd() });
    const unread = await takeOverChanges(loaded.settings);
    process.stdout.write(renderEffective({ ...loaded, warnings: [...loaded.warnings, ...unread] }));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
