import type { Setting } from '../platform/settings/index.js';
import { catalogue } from './catalogue.js';
import { defaultText } from './effective.js';
import { keyOf } from './key.js';
import { builtInFiles } from './source.js';
import { parseYamlFile } from './sources/yaml-file.js';

const HEAD = `# Configuration

Generated from the settings that the code declares; \`npm run docs\` writes it anew.

- Keys are written in camelCase here; \`base-url\`, \`base_url\` and \`baseUrl\` are one key, nested or dotted.
- Later ones win: built-in base, built-in profile, the operator's \`spinnaker.yml\`, \`echo.yml\` and \`echo-local.yml\`,
  the operator's \`<profile>.yml\`, environment variables.
- \`ECHO_CONFIG_PATH\` names the operator's files and folders, with commas or colons between them; later ones win. Where it
  is not set, \`./config\` and then \`/opt/spinnaker/config\` are looked at.
- A variable is the key in capitals with \`_\` for every dot: \`ORCA_BASEURL\`, \`REST_ENDPOINTS_0_URL\`. An empty variable
  counts as not set. A list in a file replaces the list of an earlier file; a variable replaces one element.
- \`\${key:default}\` stands for the value of another key or variable.
- *live* settings are read at the moment of use: an edit of the file, or a change through \`PUT /admin/config/{key}\`, holds at
  once. All others need a restart.
- \`npm run config:print\` shows every value with where it comes from, secrets as \`***\`.
`;

/** The values in the base file, by key: they hold where nobody writes the key, before the default does. */
export function packagedDefaults(): ReadonlyMap<string, string> {
  const entries = builtInFiles(undefined).flatMap((file) => parseYamlFile(file).documents.flat());
  return new Map(entries.map(({ names, leaf }) => [keyOf(names), String(leaf)]));
}

/** Text that is safe in a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');

const code = (text: string): string => (text === '' ? 'empty' : `\`${cell(text)}\``);

function row(setting: Setting<unknown>, packaged: ReadonlyMap<string, string>): string {
  const { key, typeName, description, dynamic, secret } = setting;
  const fallback = packaged.get(key) ?? setting.defaultName ?? defaultText(setting.default);
  const notes = [dynamic && '*live*', secret && '*secret*'].filter((note) => typeof note === 'string');
  const cells = [
    code(key),
    cell(typeName),
    fallback === null ? '' : code(fallback),
    notes.join(' '),
    cell(description),
  ];
  return `| ${cells.join(' | ')} |`;
}

const sectionOf = ({ key }: Setting<unknown>): string => key.split('.', 1)[0] ?? key;

function section(name: string, settings: readonly Setting<unknown>[], packaged: ReadonlyMap<string, string>): string {
  const head = [`## ${name}`, '', '| key | type | default | | what it does |', '|---|---|---|---|---|'];
  return [...head, ...settings.map((setting) => row(setting, packaged)), ''].join('\n');
}

/** docs/configuration.md for these settings, Echo's own unless given: one table for every first segment of a key. */
export function renderConfigurationDoc(
  settings: readonly Setting<unknown>[] = catalogue(),
  packaged: ReadonlyMap<string, string> = packagedDefaults(),
): string {
  const sections = new Set(settings.map(sectionOf));
  const membersOf = (name: string): Setting<unknown>[] => settings.filter((setting) => sectionOf(setting) === name);
  const tables = [...sections].map((name) => section(name, membersOf(name), packaged));
  return [HEAD, ...tables].join('\n');
}
