import type { Setting } from '../../platform/settings/index.js';
import { type Entry, type Origin, whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import { keyOf, pathOf, segmentsOf } from '../key.js';
import type { Secrets } from '../secrets/secrets.js';
import { Fitting, type StrayMember } from './fit.js';
import { issueFault } from './issue-fault.js';
import type { Merged } from './merged.js';
import { PlaceholderError, type Placeholders } from './placeholders.js';
import { shapeOf } from './shape.js';

/** One written value of a setting, placeholders filled. A structured setting has several. */
export interface WrittenValue {
  readonly key: string;
  readonly text: string;
  readonly origin: Origin;
}

/** A setting with its value, and what was written for it: nothing where the default holds. */
export interface Resolved {
  readonly value: unknown;
  readonly written: readonly WrittenValue[];
  readonly strays: readonly StrayMember[];
}

export type Resolution =
  ({ readonly kind: 'value' } & Resolved) | { readonly kind: 'faulty'; readonly faults: Fault[] };

/** Reads one setting from the merged keys: fills placeholders, fits what is written to the schema, and checks it. */
export class SettingReader {
  constructor(
    private readonly merged: Merged,
    private readonly placeholders: Placeholders,
    private readonly secrets: Secrets,
  ) {}

  read(setting: Setting<unknown>): Resolution {
    const names = segmentsOf(setting.key);
    const entries = this.merged.within(pathOf(names)).filter(({ leaf }) => leaf !== null);
    if (entries.length === 0) return { kind: 'value', value: setting.default, written: [], strays: [] };
    const texts = new Map<Entry, string>();
    const keyFor = (entry: Entry): string => keyOf([setting.key, ...entry.names.slice(names.length)]);
    const faults = entries.flatMap((entry) => this.fill(entry, keyFor(entry), texts));
    return faults.length > 0 ? { kind: 'faulty', faults } : fitted(setting, entries, texts);
  }

  /** The text at a key whoever's it is, with placeholders filled; `undefined` where there is none or it cannot be had. */
  textAt(key: string): { text: string; origin: Origin } | undefined {
    const entry = this.merged.at(pathOf(segmentsOf(key)));
    const texts = new Map<Entry, string>();
    if (!entry || this.fill(entry, key, texts).length > 0) return undefined;
    const text = texts.get(entry);
    return text === undefined ? undefined : { text, origin: entry.origin };
  }

  private fill(entry: Entry, key: string, texts: Map<Entry, string>): Fault[] {
    const { leaf, origin } = entry;
    if (typeof leaf !== 'string') return [];
    const fault = (problem: string): Fault[] => [{ where: whereOf(origin), key, problem }];
    try {
      const text = this.placeholders.fill(leaf, key);
      const secret = this.secrets.behind(text);
      if (secret.kind === 'closed') return fault(secret.problem);
      if (secret.kind === 'unopened') return fault(secret.problem).map((one) => ({ ...one, unopened: true }));
      texts.set(entry, secret.kind === 'opened' ? secret.text : text);
      return [];
    } catch (error) {
      if (error instanceof PlaceholderError) return fault(error.message);
      throw error;
    }
  }
}

/**
 * Fits texts, as they stand at the entries of a setting, to its schema, and checks them.
 *
 * @param texts by entry; none for an entry that is an empty list
 */
export function fitted(
  setting: Setting<unknown>,
  entries: readonly Entry[],
  texts: ReadonlyMap<Entry, string>,
): Resolution {
  const depth = segmentsOf(setting.key).length;
  const fitting = new Fitting((entry) => texts.get(entry) ?? '');
  const value = fitting.fit(entries, depth, shapeOf(setting.schema));
  const parsed = setting.schema.safeParse(value);
  if (!parsed.success) {
    return { kind: 'faulty', faults: parsed.error.issues.map((issue) => issueFault(setting, issue, value, entries)) };
  }
  const written = entries.map((entry) => ({
    key: keyOf([setting.key, ...entry.names.slice(depth)]),
    text: texts.get(entry) ?? '[]',
    origin: entry.origin,
  }));
  return { kind: 'value', value: parsed.data, written, strays: fitting.strays };
}
