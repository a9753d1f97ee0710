import path from 'node:path';
import type { Environment } from '../environment.js';
import { whereOf } from '../entry.js';
import { documentHolds } from './profile-documents.js';
import { variableNamed } from './variable-names.js';
import { type SourceFile, parseYamlFile } from './yaml-file.js';

/** One entry of `spring.config.import`. */
export type Import =
  | {
      readonly kind: 'file';
      readonly path: string;
      /** A missing file is no fault. */
      readonly optional: boolean;
      /** The line that asks for it. */
      readonly where: string;
    }
  /** Something else than a file, such as a configuration server. */
  | { readonly kind: 'foreign'; readonly location: string; readonly optional: boolean; readonly where: string };

const KEY = /^spring\.config\.import(?:\[\d+\])?$/;
const OPTIONAL = 'optional:';

/** `${NAME}` and `${NAME:default}` from the environment alone: files are found before keys are known. */
const filled = (text: string, env: Environment): string =>
  text.replace(/\$\{([^}:]+)(?::([^}]*))?\}/g, (whole, name: string, fallback?: string) => {
    return variableNamed(name, env) ?? fallback ?? whole;
  });

function importOf(text: string, base: string, where: string): Import {
  const optional = text.startsWith(OPTIONAL);
  const location = optional ? text.slice(OPTIONAL.length) : text;
  if (/^(?!file:)[a-z]{2,}[\w+.-]*:/i.test(location)) return { kind: 'foreign', location, optional, where };
  const file = location.replace(/^file:(?:\/\/(?=\/))?/, '').replace(/\[\.[\w]+\]$/, '');
  return { kind: 'file', path: path.resolve(base, file), optional, where };
}

/**
 * What a file asks to be read after it, in order. Relative paths start at the file itself; documents for profiles that
 * are not active do not count.
 */
export function importsOf(
  file: SourceFile,
  folder: string,
  active: ReadonlySet<string>,
  env: Environment,
): readonly Import[] {
  if (!file.text.includes('import')) return [];
  return parseYamlFile(file)
    .documents.filter((entries) => documentHolds(entries, active))
    .flat()
    .filter(({ path: key }) => KEY.test(key))
    .flatMap(({ leaf, origin }) =>
      (typeof leaf === 'string' ? leaf : '')
        .split(/[,;]/)
        .flatMap((text) => text.trim() || [])
        .map((text) => importOf(filled(text, env), folder, whereOf(origin))),
    );
}
