import type { Entry } from '../entry.js';
import { isWithin } from '../key.js';

/** Entries that come from one document or from the environment. */
export interface Layer {
  readonly entries: readonly Entry[];
  /**
   * A list in a document replaces the whole list below it, as in Spring. A variable names one element and replaces
   * that one only, so that a password can come from the environment and the rest of its list from a file.
   */
  readonly lists: 'replace' | 'overlay';
}

/** All layers laid over one another: at most one entry for a key. */
export class Merged {
  constructor(private readonly entries: ReadonlyMap<string, Entry>) {}

  at(path: string): Entry | undefined {
    return this.entries.get(path);
  }

  /** The entry at a key and all below it. */
  within(path: string): Entry[] {
    return this.all().filter((entry) => isWithin(entry.path, path));
  }

  all(): Entry[] {
    return [...this.entries.values()];
  }
}

const isElement = (path: string): boolean => path.includes('[');

/** The outermost list that a key is an element of; of other keys the key itself. */
const listOf = (path: string): string => path.split('[', 1)[0] ?? path;

/** Takes out what a layer replaces as a whole: lists below its lists or texts, and texts below its lists. */
function makeRoom(merged: Map<string, Entry>, { entries, lists }: Layer): void {
  const paths = entries.map(({ path }) => path);
  const elements = paths.filter(isElement);
  const listed = new Set(elements.map(listOf));
  const replaced = new Set(lists === 'replace' ? paths.map(listOf) : paths.filter((path) => !isElement(path)));
  for (const path of merged.keys()) {
    if (isElement(path) ? replaced.has(listOf(path)) : listed.has(path)) merged.delete(path);
  }
}

/** Lays layers over one another; later ones win. */
export function merge(layers: readonly Layer[]): Merged {
  const merged = new Map<string, Entry>();
  for (const layer of layers) {
    makeRoom(merged, layer);
    for (const entry of layer.entries) {
      const names = layer.lists === 'overlay' ? merged.get(entry.path)?.names : undefined;
      merged.set(entry.path, names ? { ...entry, names } : entry);
    }
  }
  return new Merged(merged);
}
