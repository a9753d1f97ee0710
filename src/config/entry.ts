import { type Names, pathOf } from './key.js';

/** Where a value was written. */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'profile'; readonly file: string; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string }
  /** While Echo was running, by somebody; for one cluster or for all. */
  | {
      readonly kind: 'change';
      readonly by: string;
      readonly at: number;
      readonly why: string;
      readonly cluster?: string;
    };

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

function changeText({ by, at, why, cluster }: Extract<Origin, { kind: 'change' }>): string {
  const scope = cluster === undefined ? '' : ` for cluster ${cluster}`;
  return `changed by ${by} at ${new Date(at).toISOString()}${scope}: ${why.replaceAll(/\s+/g, ' ')}`;
}

/**
 * The place as people look for it: `config/echo.yml:4`, `variable ORCA_BASEURL`, `built-in echo.yml:2`,
 * `changed by ann at 2026-01-31T12:00:00.000Z: too many starts`.
 */
export function whereOf(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'profile':
      return `built-in ${origin.file}:${origin.line}`;
    case 'variable':
      return `variable ${origin.name}`;
    case 'change':
      return changeText(origin);
  }
}
