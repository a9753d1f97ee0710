import { readTruth } from '../../platform/settings/index.js';
import type { Entry } from '../entry.js';
import { canonicalName, keyOf, placeOf } from '../key.js';
import { type Shape, isScalar } from './shape.js';

type MembersShape = Extract<Shape, { kind: 'members' }>;
type Group = readonly [segment: string, entries: Entry[]];

/** An entry under a name that the schema has no member for. */
export interface StrayMember {
  readonly entry: Entry;
  readonly name: string;
  readonly known: readonly string[];
}

function grouped(entries: readonly Entry[], depth: number): Group[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const segment = canonicalName(entry.names[depth] ?? '');
    groups.set(segment, [...(groups.get(segment) ?? []), entry]);
  }
  return [...groups];
}

const isPlace = ([segment]: Group): boolean => placeOf(segment) !== undefined;

function numberOr(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function leafValue(text: string, shape: Shape): unknown {
  if (shape.kind === 'truth') return readTruth(text) ?? text;
  if (shape.kind === 'number') return numberOr(text);
  if (shape.kind !== 'list') return text;
  if (text.trim() === '') return [];
  return isScalar(shape.item) ? text.split(',').map((part) => leafValue(part.trim(), shape.item)) : text;
}

/**
 * Builds the value of a setting from its entries, shaped as its schema wants it: members under the schema's own
 * spelling, free names as written, texts as numbers and truth values where the schema has those. What does not fit is
 * left as it is, for the schema to refuse.
 */
export class Fitting {
  readonly strays: StrayMember[] = [];

  constructor(private readonly textOf: (entry: Entry) => string) {}

  /** @param depth how many segments of the entries' keys lie above `shape` */
  fit(entries: readonly Entry[], depth: number, shape: Shape): unknown {
    const below = entries.filter(({ names, leaf }) => names.length > depth && leaf !== null);
    if (below.length > 0) return this.fitInner(below, depth, shape);
    const leaf = entries.find(({ names }) => names.length === depth);
    if (!leaf || leaf.leaf === null) return undefined;
    return typeof leaf.leaf === 'string' ? leafValue(this.textOf(leaf), shape) : [];
  }

  private fitInner(entries: readonly Entry[], depth: number, shape: Shape): unknown {
    const groups = grouped(entries, depth);
    if (groups.every(isPlace)) {
      const item: Shape = shape.kind === 'list' ? shape.item : { kind: 'anything' };
      return this.fitList(groups, depth, item);
    }
    if (shape.kind === 'members') return this.fitMembers(groups, depth, shape);
    if (shape.kind === 'map' && isScalar(shape.value)) return this.fitFlatMap(entries, depth, shape.value);
    return this.fitMap(groups, depth, shape.kind === 'map' ? shape.value : { kind: 'anything' });
  }

  private fitList(groups: readonly Group[], depth: number, item: Shape): unknown[] {
    const byPlace = new Map(groups.map(([segment, entries]) => [placeOf(segment) ?? 0, entries]));
    const length = Math.max(...byPlace.keys()) + 1;
    return Array.from({ length }, (_, place) => this.fit(byPlace.get(place) ?? [], depth + 1, item));
  }

  private fitMembers(groups: readonly Group[], depth: number, { members, open }: MembersShape): unknown {
    return Object.fromEntries(
      groups.flatMap(([segment, entries]) => {
        const member = members.get(segment);
        const name = entries[0]?.names[depth] ?? segment;
        if (member) return [[member.name, this.fit(entries, depth + 1, member.shape)]];
        if (open) return [[name, this.fit(entries, depth + 1, { kind: 'anything' })]];
        const known = [...members.values()].map((other) => other.name);
        this.strays.push(...entries.slice(0, 1).map((entry) => ({ entry, name, known })));
        return [];
      }),
    );
  }

  /** Texts under free names: dots belong to the names, as in `spring.mail.properties.mail.smtp.auth`. */
  private fitFlatMap(entries: readonly Entry[], depth: number, value: Shape): unknown {
    return Object.fromEntries(
      entries.map((entry) => [keyOf(entry.names.slice(depth)), this.fit([entry], entry.names.length, value)]),
    );
  }

  private fitMap(groups: readonly Group[], depth: number, value: Shape): unknown {
    return Object.fromEntries(
      groups.map(([segment, entries]) => [entries[0]?.names[depth] ?? segment, this.fit(entries, depth + 1, value)]),
    );
  }
}
