import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf } from '../../platform/errors/index.js';
import type { Fault } from '../fault.js';
import type { SourceFile } from './yaml-file.js';

/** Where operators keep their configuration when `ECHO_CONFIG_PATH` does not say it. */
const USUAL_FOLDERS = ['config', '/opt/spinnaker/config'];

export interface OperatorQuery {
  readonly cwd: string;
  /** Files and folders, later wins; `undefined` where nobody named any. */
  readonly searchPath: readonly string[] | undefined;
  /** The base name of the profile's own files, e.g. `echo-scheduler`. */
  readonly profile: string;
  /** Spring profiles with files of their own, e.g. `local` for `echo-local.yml`. */
  readonly springProfiles: readonly string[];
}

/** What was found at the operator's places, in the order in which it is merged. */
export interface OperatorFiles {
  readonly files: readonly SourceFile[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** File names without extension: those of every profile, and those of this one, which win over the others. */
function tiersOf({ profile, springProfiles }: OperatorQuery): string[][] {
  const base = ['spinnaker', 'echo', ...springProfiles.flatMap((name) => [`spinnaker-${name}`, `echo-${name}`])];
  const own = [profile, ...springProfiles.map((name) => `${profile}-${name}`)];
  return [base, own.filter((name) => !base.includes(name))];
}

const stem = (file: string): string => path.basename(file).replace(/\.ya?ml$/, '');

/** The place of a file among the tiers' names; a file that the operator named may be called anything. */
const rankOf = (names: readonly string[], file: string): number => names.indexOf(stem(file));

function filesIn(folder: string, names: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file) && names.includes(stem(file)))
    .sort((a, b) => rankOf(names, a) - rankOf(names, b))
    .map((file) => path.join(folder, file));
}

const unreadable = (error: unknown): string => `cannot be read: ${messageOf(error)}`;

/** Finds and reads the operator's files; what is missing or unreadable is a fault each. */
class Search {
  readonly faults: Fault[] = [];
  readonly warnings: string[] = [];

  constructor(private readonly query: OperatorQuery) {}

  run(): SourceFile[] {
    const tiers = tiersOf(this.query);
    const found = this.places().flatMap((place) => this.filesAt(place, tiers.flat()));
    const own = (file: string): boolean => tiers[1]?.includes(stem(file)) ?? false;
    const ordered = [...found.filter((file) => !own(file)), ...found.filter(own)];
    const lastMention = ordered.filter((file, at) => ordered.lastIndexOf(file) === at);
    return lastMention.flatMap((file) => this.read(file));
  }

  private places(): string[] {
    const { cwd, searchPath } = this.query;
    const places = (searchPath ?? USUAL_FOLDERS).map((place) => path.resolve(cwd, place));
    return searchPath ? places : places.filter((place) => statSync(place, { throwIfNoEntry: false })?.isDirectory());
  }

  private filesAt(place: string, names: readonly string[]): string[] {
    try {
      if (!statSync(place).isDirectory()) return [place];
      const files = filesIn(place, names);
      if (files.length === 0 && this.query.searchPath) this.warnAboutEmpty(place, names);
      return files;
    } catch (error) {
      const missing = codeOf(error) === 'ENOENT';
      const problem = missing ? 'does not exist, but ECHO_CONFIG_PATH names it' : unreadable(error);
      this.faults.push({ where: this.shown(place), problem });
      return [];
    }
  }

  private warnAboutEmpty(place: string, names: readonly string[]): void {
    const looked = names.map((name) => `${name}.yml`).join(', ');
    this.warnings.push(`${this.shown(place)} has none of the files that are read there: ${looked}.`);
  }

  private read(file: string): SourceFile[] {
    try {
      return [{ name: this.shown(file), text: readFileSync(file, 'utf8'), kind: 'file' }];
    } catch (error) {
      this.faults.push({ where: this.shown(file), problem: unreadable(error) });
      return [];
    }
  }

  /** Short inside the working directory, absolute elsewhere. */
  private shown(file: string): string {
    const relative = path.relative(this.query.cwd, file);
    return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  }
}

/** Reads the operator's configuration files as they are now. */
export function readOperatorFiles(query: OperatorQuery): OperatorFiles {
  const search = new Search(query);
  const files = search.run();
  return { files, faults: search.faults, warnings: search.warnings };
}

/** Takes `ECHO_CONFIG_PATH` apart: commas or colons between entries. */
export function searchPathOf(text: string | undefined): string[] | undefined {
  const places = (text ?? '').split(/[,:]/).flatMap((place) => place.trim() || []);
  return places.length > 0 ? places : undefined;
}
