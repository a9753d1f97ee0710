import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf } from '../../platform/errors/index.js';
import type { Environment } from '../environment.js';
import type { Fault } from '../fault.js';
import { type Import, importsOf } from './imports.js';
import type { SourceFile } from './yaml-file.js';

/** Where packages and charts of Spinnaker keep the configuration; with its sub-folders, which are mounts. */
const INSTALLED = '/opt/spinnaker/config';

export interface OperatorQuery {
  readonly cwd: string;
  /** Files and folders, later wins; `undefined` where nobody named any. */
  readonly searchPath: readonly string[] | undefined;
  /** The base name of the profile's own files, e.g. `echo-scheduler`. */
  readonly profile: string;
  /** Spring profiles with files of their own, e.g. `local` for `echo-local.yml`. */
  readonly springProfiles: readonly string[];
  /** Names for which documents inside the files can be meant. */
  readonly active: ReadonlySet<string>;
  readonly env: Environment;
  /** In place of `/opt/spinnaker/config`. */
  readonly installed?: string | undefined;
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

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A folder and the folders in it; Kubernetes keeps the versions of a mount in hidden ones. */
function withSubFolders(folder: string): string[] {
  if (!isFolder(folder)) return [];
  const inside = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return [folder, ...inside.sort().map((name) => path.join(folder, name))].filter(isFolder);
}

/** The folders that are looked at when `ECHO_CONFIG_PATH` names none; later ones win. */
function usualFolders({ cwd, env, installed = INSTALLED }: OperatorQuery): string[] {
  const home = env['HOME'] ? [path.join(env['HOME'], '.spinnaker')] : [];
  return [path.resolve(cwd, 'config'), ...withSubFolders(installed), ...home].filter(isFolder);
}

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
    return lastMention.flatMap((file) => this.read(file, []));
  }

  private places(): string[] {
    const { cwd, searchPath } = this.query;
    return searchPath?.map((place) => path.resolve(cwd, place)) ?? usualFolders(this.query);
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

  /** A file and behind it, since they win over it, the files that it imports. `trail` are those that led to it. */
  private read(file: string, trail: readonly string[]): SourceFile[] {
    try {
      const source: SourceFile = { name: this.shown(file), text: readFileSync(file, 'utf8'), kind: 'file' };
      const { active, env } = this.query;
      const imports = importsOf(source, path.dirname(file), active, env);
      return [source, ...imports.flatMap((one) => this.readImport(one, [...trail, file]))];
    } catch (error) {
      this.faults.push({ where: this.shown(file), problem: unreadable(error) });
      return [];
    }
  }

  private readImport(one: Import, trail: readonly string[]): SourceFile[] {
    if (one.kind === 'foreign') return this.passOver(one);
    if (trail.includes(one.path)) return [];
    if (statSync(one.path, { throwIfNoEntry: false })) return this.read(one.path, trail);
    const problem = `'${one.path}' does not exist; write optional: before it if it may be missing`;
    if (!one.optional) this.faults.push({ where: one.where, key: 'spring.config.import', problem });
    return [];
  }

  private passOver({ location, optional, where }: Import & { kind: 'foreign' }): never[] {
    const problem = `Echo imports files only, and '${location.split(':', 1)[0]}:' is none`;
    if (optional) this.warnings.push(`${where}: spring.config.import: ${problem}: passed over.`);
    else this.faults.push({ where, key: 'spring.config.import', problem });
    return [];
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
