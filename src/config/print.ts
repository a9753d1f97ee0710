import type { EffectiveSetting } from './effective.js';
import { processEnvironment } from './environment.js';
import { ConfigurationError } from './fault.js';
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

/** `npm run config:print`: prints the configuration of this environment, or all its faults. */
export async function printConfiguration(): Promise<void> {
  try {
    process.stdout.write(renderEffective(await openConfiguration({ env: processEnvironment(), cwd: process.cwd() })));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
