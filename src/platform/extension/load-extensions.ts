import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import { EchoError, messageOf } from '../errors/index.js';

/** A Nest module that came from outside, and what its package says of itself. */
export interface InstalledExtension {
  readonly module: Type;
  readonly moduleName: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly author: string;
  readonly license: string;
}

/** The extensions of this process. */
export class InstalledExtensions {
  constructor(readonly list: readonly InstalledExtension[]) {}
}

const isPath = (specifier: string): boolean => /^[./]|^[a-z]:[\\/]/i.test(specifier);

/** A folder is entered as its package.json says. */
function entryOf(location: string): string {
  if (!existsSync(location)) throw new Error('no such file or folder');
  if (/\.[cm]?js$/.test(location)) return location;
  const main = String(packageAt(location)['main'] ?? 'index.js');
  return path.join(location, main);
}

function packageAt(folder: string): Record<string, unknown> {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
}

/** The description of the package that a file belongs to: the nearest package.json above it. */
function nearestPackage(file: string): Record<string, unknown> {
  const folder = path.dirname(file);
  if (existsSync(path.join(folder, 'package.json'))) return packageAt(folder);
  return folder === path.dirname(folder) ? {} : nearestPackage(folder);
}

/** Nest marks a module class with metadata of this name, whichever copy of Nest made it. */
const isModule = (value: unknown): value is Type =>
  typeof value === 'function' &&
  ['imports', 'providers', 'controllers', 'exports'].some((key) => Reflect.hasMetadata(key, value));

async function load(specifier: string, cwd: string): Promise<InstalledExtension> {
  const file = isPath(specifier) ? entryOf(path.resolve(cwd, specifier)) : undefined;
  const exported = (await import(file ? pathToFileURL(file).href : specifier)) as Record<string, unknown>;
  const module = [exported['default'], ...Object.values(exported)].find(isModule);
  if (!module) throw new Error('it exports no Nest module: export a class with @Module()');
  const about = file ? nearestPackage(file) : {};
  const text = (key: string, otherwise: string): string => (typeof about[key] === 'string' ? about[key] : otherwise);
  return {
    module,
    moduleName: module.name,
    name: text('name', file ? path.basename(file, path.extname(file)) : specifier),
    description: text('description', ''),
    version: text('version', 'unknown'),
    author: text('author', 'unknown'),
    license: text('license', 'unknown'),
  };
}

/**
 * Loads extensions by path or package name. Throws one `EchoError` that names every extension that cannot be loaded,
 * and why. An extension may import `echo` and whatever Echo depends on, wherever it lies.
 *
 * @param cwd the folder that relative paths start from
 */
export async function loadExtensions(specifiers: readonly string[], cwd: string): Promise<InstalledExtensions> {
  if (specifiers.length > 0) register(new URL('./resolve-hook.js', import.meta.url));
  const loads = await Promise.allSettled(specifiers.map((specifier) => load(specifier, cwd)));
  const faults = loads.flatMap((result, i) =>
    result.status === 'rejected' ? [`extensions[${i}] '${specifiers[i] ?? ''}': ${messageOf(result.reason)}`] : [],
  );
  if (faults.length > 0) throw new EchoError(faults.join('\n'), { code: 'faulty-extension' });
  return new InstalledExtensions(loads.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}
