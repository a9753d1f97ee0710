import type { Setting } from '../../platform/settings/index.js';
import { type Entry, whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import { canonicalName, isWithin, keyOf, pathOf, segmentsOf } from '../key.js';
import { ACCEPTED_KEYS, RETIRED_KEYS, SHARED_SECTIONS } from '../known-original-keys.js';
import type { StrayMember } from '../values/fit.js';
import { keyFromFile, secretKeys } from '../values/mounted-secrets.js';
import { nearestKey } from './edit-distance.js';

const byPath = (keys: readonly string[]): [path: string, key: string][] =>
  keys.map((key) => [pathOf(segmentsOf(key)), key]);

/** What a key that no setting owns is taken for. */
type Verdict =
  | { readonly kind: 'silent' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** `once` groups what is said only once, however many keys it is about. */
  | { readonly kind: 'warning'; readonly once: string; readonly text: string };

const SILENT: Verdict = { kind: 'silent' };

/** Judges keys in the operator's files by the keys that Echo knows. */
export class KeyReview {
  private readonly owned: ReadonlyMap<string, string>;
  private readonly accepted = byPath(ACCEPTED_KEYS).map(([path]) => path);
  private readonly retired = RETIRED_KEYS.map((rule) => ({ ...rule, path: pathOf(segmentsOf(rule.key)) }));
  private readonly known: ReadonlyMap<string, string>;
  private readonly sections: ReadonlySet<string>;
  private readonly isSecret: (path: string) => boolean;

  constructor(settings: readonly Setting<unknown>[]) {
    this.owned = new Map(byPath(settings.map(({ key }) => key)));
    this.known = new Map([...byPath(ACCEPTED_KEYS.filter((key) => key.includes('.'))), ...this.owned]);
    this.isSecret = secretKeys(settings);
    const shared = new Set(SHARED_SECTIONS.map(canonicalName));
    const sections = [...this.owned.keys()].map((path) => path.split('.', 1)[0] ?? path);
    this.sections = new Set(sections.filter((section) => !shared.has(section)));
  }

  /** Faults and warnings about entries of files; values are never shown. */
  review(entries: readonly Entry[]): { faults: Fault[]; warnings: string[] } {
    const verdicts = entries.filter(({ origin }) => origin.kind === 'file').map((entry) => this.judge(entry));
    const warnings = new Map<string, string>();
    for (const verdict of verdicts) {
      if (verdict.kind === 'warning' && !warnings.has(verdict.once)) warnings.set(verdict.once, verdict.text);
    }
    return {
      faults: verdicts.flatMap((verdict) => (verdict.kind === 'fault' ? [verdict.fault] : [])),
      warnings: [...warnings.values()],
    };
  }

  private judge(entry: Entry): Verdict {
    const { path } = entry;
    if (this.isOwned(path) || this.isMountedSecret(entry)) return SILENT;
    return this.misplaced(entry) ?? this.retiredKey(entry) ?? this.acceptedKey(path) ?? this.unknownKey(entry);
  }

  private isOwned(path: string): boolean {
    for (
      let end = path.length;
      end > 0;
      end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
    ) {
      if (this.owned.has(path.slice(0, end))) return true;
    }
    return false;
  }

  private isMountedSecret(entry: Entry): boolean {
    const target = keyFromFile(entry);
    return target !== undefined && this.isSecret(target.path);
  }

  /** A text or a list where known keys lie below: `orca: http://orca:8083`. */
  private misplaced({ path, leaf, names, origin }: Entry): Verdict | undefined {
    const place = path.indexOf('[');
    const parent = place < 0 ? path : path.slice(0, place);
    const members = [...this.owned].filter(([owned]) => owned.startsWith(`${parent}.`)).map(([, key]) => key);
    if (leaf === null || members.length === 0) return undefined;
    const got = place < 0 && typeof leaf === 'string' ? 'a text' : 'a list';
    const key = keyOf(names.slice(0, parent.split('.').length));
    const problem = `got ${got}, valid: an object with keys such as ${members.slice(0, 3).join(', ')}`;
    return { kind: 'fault', fault: { where: whereOf(origin), key, problem } };
  }

  private retiredKey({ path, origin }: Entry): Verdict | undefined {
    const rule = this.retired.find((candidate) => isWithin(path, candidate.path));
    if (!rule) return undefined;
    return {
      kind: 'warning',
      once: rule.key,
      text: `${whereOf(origin)}: '${rule.key}' has no effect: ${rule.instead}.`,
    };
  }

  /** Within a section that is known as a whole only slips of Echo's own keys are noticed. */
  private acceptedKey(path: string): Verdict | undefined {
    if (this.accepted.includes(path)) return SILENT;
    const known = this.accepted.some((accepted) => isWithin(path, accepted));
    return known && nearestKey(path, this.owned) === undefined ? SILENT : undefined;
  }

  private unknownKey({ path, names, origin }: Entry): Verdict {
    const key = keyOf(names);
    const near = nearestKey(path, this.known);
    const text = `${whereOf(origin)}: '${key}' is no key of Echo and has no effect`;
    if (near) return { kind: 'warning', once: path, text: `${text}; did you mean '${near}'?` };
    const section = path.split(/[.[]/, 1)[0] ?? path;
    return this.sections.has(section) ? { kind: 'warning', once: path, text: `${text}.` } : SILENT;
  }
}

/** What to say of a member that a structured setting does not have. */
export function strayText({ entry, name, known }: StrayMember): string {
  const near = nearestKey(canonicalName(name), new Map(known.map((other) => [canonicalName(other), other])));
  const hint = near ? `did you mean '${near}'?` : `known are ${known.join(', ')}.`;
  return `'${keyOf(entry.names)}' is no key of Echo and has no effect; ${hint}`;
}

export const strayWarning = (stray: StrayMember): string => `${whereOf(stray.entry.origin)}: ${strayText(stray)}`;
