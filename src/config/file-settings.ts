import { isDeepStrictEqual } from 'node:util';
import { type Setting, Settings } from '../platform/settings/index.js';
import { whereOf } from './entry.js';
import { type EffectiveSetting, effectiveSettings } from './effective.js';
import { ConfigurationError, type Fault } from './fault.js';
import type { ConfigurationSource, Interpretation } from './source.js';
import type { OperatorFiles } from './sources/operator-files.js';
import type { Resolved } from './values/resolve.js';

/** What a new look at the operator's files brought. */
export type ReloadOutcome =
  /** The files are as they were at the last look. */
  | { readonly kind: 'unchanged' }
  /** They changed and are good: `keys` have new values at once, `restart` have them after a restart only. */
  | {
      readonly kind: 'changed';
      readonly keys: readonly string[];
      readonly restart: readonly string[];
      /** Warnings that were not there before. */
      readonly warnings: readonly string[];
    }
  /** They changed and are no good: everything stays as it was. */
  | { readonly kind: 'kept'; readonly faults: readonly Fault[] };

type Values = Map<Setting<unknown>, Resolved>;

/** What one look saw, to compare it with the next: the texts themselves, since times and sizes can stay the same. */
const imprintOf = ({ files, faults }: OperatorFiles): string =>
  JSON.stringify([files.map(({ name, text }) => [name, text]), faults]);

/**
 * Files that were good and are gone or empty: an editor or a mount is at work on them. Taking their keys for unset
 * would switch triggers back on in the middle of somebody's edit.
 */
function vanished(before: OperatorFiles, now: OperatorFiles): Fault[] {
  const texts = new Map(now.files.map(({ name, text }) => [name, text]));
  return before.files.flatMap(({ name, text: last }) => {
    const text = texts.get(name);
    if (text === undefined) return [{ where: name, problem: 'is gone; restart Echo if that is meant' }];
    if (text.trim() !== '' || last.trim() === '') return [];
    return [{ where: name, problem: 'is empty all at once; write {} into it if that is meant' }];
  });
}

/**
 * The configuration of this process. Reading a setting is one look-up. `reload` takes over edits of the operator's files
 * for dynamic settings; all others keep the value that they had at the start, so that no room sees them change. What was
 * changed while Echo runs (`change`) wins over files and variables.
 * With several instances each one reads its own files.
 */
export class FileSettings extends Settings {
  private values: Values;
  private changes: ReadonlyMap<Setting<unknown>, Resolved> = new Map();
  private lastImprint: string;
  private kept = false;

  constructor(
    private readonly source: ConfigurationSource,
    private lastGood: OperatorFiles,
    private current: Interpretation,
  ) {
    super();
    this.values = new Map(current.values);
    this.lastImprint = imprintOf(lastGood);
  }

  /** @throws ConfigurationError when a setting that the catalogue does not have is written wrongly */
  get<T>(setting: Setting<T>): T {
    return this.resolved(setting).value as T;
  }

  isSet(setting: Setting<unknown>): boolean {
    return this.resolved(setting).written.length > 0;
  }

  originOf(setting: Setting<unknown>): string {
    const [written] = this.resolved(setting).written;
    return written ? whereOf(written.origin) : 'default';
  }

  /** Every value of the catalogue, or of these settings, with where it comes from, secrets as `***`. */
  effective(settings = this.source.settings): EffectiveSetting[] {
    return effectiveSettings(settings, (setting) => this.resolved(setting));
  }

  /** For the log: the values that these keys have now, with where they come from, secrets masked. */
  changedLines(keys: readonly string[]): string[] {
    const changed = [...this.values.keys()].filter(({ key }) => keys.includes(key));
    return this.effective(changed).map(
      ({ key, value, origin }) => `Changed: ${key} is ${value ?? 'not set'} (${origin})`,
    );
  }

  /** The settings that may change while Echo runs, those of extensions included as far as they were read. */
  live(): Setting<unknown>[] {
    return [...new Set([...this.source.settings, ...this.values.keys()])].filter(({ dynamic }) => dynamic);
  }

  /** Puts these values over those of files and variables, in place of the last ones; answers which keys have new values. */
  change(changes: ReadonlyMap<Setting<unknown>, Resolved>): string[] {
    const touched = [...new Set([...this.changes.keys(), ...changes.keys()])];
    const before = new Map(touched.map((setting) => [setting, this.get(setting)]));
    this.changes = changes;
    return touched
      .filter((setting) => !isDeepStrictEqual(this.get(setting), before.get(setting)))
      .map(({ key }) => key);
  }

  /** Looks at the operator's files again. A fault is told once, when it appears; so is its repair. */
  reload(): ReloadOutcome {
    const look = this.source.look();
    const imprint = imprintOf(look);
    if (imprint === this.lastImprint) return { kind: 'unchanged' };
    this.lastImprint = imprint;
    const gone = look.faults.length > 0 ? [] : vanished(this.lastGood, look);
    const next = this.source.interpret(look);
    const late = this.lateValues(next);
    const faults = [...gone, ...next.faults, ...late.faults];
    if (faults.length === 0) return this.adopt(look, next, late.values);
    this.kept = true;
    return { kind: 'kept', faults };
  }

  private adopt(look: OperatorFiles, next: Interpretation, late: Values): ReloadOutcome {
    const read: Values = new Map([...next.values, ...late]);
    const changed = [...read].filter(
      ([setting, { value }]) =>
        !this.changes.has(setting) && !isDeepStrictEqual(value, this.values.get(setting)?.value),
    );
    const keysOf = (dynamic: boolean): string[] =>
      changed.filter(([setting]) => (setting.dynamic ?? false) === dynamic).map(([setting]) => setting.key);
    const warnings = next.warnings.filter((warning) => !this.current.warnings.includes(warning));
    const outcome = { kind: 'changed', keys: keysOf(true), restart: keysOf(false), warnings } as const;
    const silent = !this.kept && changed.length === 0 && warnings.length === 0;
    for (const [setting, resolved] of read) if (setting.dynamic) this.values.set(setting, resolved);
    this.kept = false;
    this.lastGood = look;
    this.current = next;
    return silent ? { kind: 'unchanged' } : outcome;
  }

  private resolved(setting: Setting<unknown>): Resolved {
    return this.changes.get(setting) ?? this.values.get(setting) ?? this.readLate(setting);
  }

  /** Settings that the catalogue does not have, such as those of extensions, are read when they are first asked for. */
  private readLate(setting: Setting<unknown>): Resolved {
    const resolution = this.current.readLate(setting);
    if (resolution.kind === 'faulty') throw new ConfigurationError(resolution.faults);
    this.values.set(setting, resolution);
    return resolution;
  }

  private lateValues(next: Interpretation): { values: Values; faults: Fault[] } {
    const values: Values = new Map();
    const faults: Fault[] = [];
    const known = new Set(this.source.settings);
    for (const setting of this.values.keys()) {
      if (known.has(setting)) continue;
      const resolution = next.readLate(setting);
      if (resolution.kind === 'value') values.set(setting, resolution);
      else faults.push(...resolution.faults);
    }
    return { values, faults };
  }
}
