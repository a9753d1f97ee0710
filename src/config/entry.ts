import { type Names, pathOf } from './key.js';

/** Where a value was written. */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'profile'; readonly file: string; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string };

/**
 * What stands at the end of a key: a text (numbers and truth values too: their type is the setting's business, and so
 * `0123` keeps its zero), nothing (`key:`), or an empty list.
 */
export type Leaf = string | null | readonly never[];

/** One value that somebody wrote, with its key and its place. */
export interface Entry {
  readonly names: Names;
  /** The canonical key. */
  readonly path: string;
  readonly leaf: Leaf;
  readonly origin: Origin;
}

export function entryOf(names: Names, leaf: Leaf, origin: Origin): Entry {
  return { names, path: pathOf(names), leaf, origin };
}

/** The place as people look for it: `config/echo.yml:4`, `variable ORCA_BASEURL`, `built-in echo.yml:2`. */
export function whereOf(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'profile':
      return `built-in ${origin.file}:${origin.line}`;
    case 'variable':
      return `variable ${origin.name}`;
  }
}
