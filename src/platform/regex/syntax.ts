import type { CharSet } from './char-set.js';

/** A condition on a position that consumes nothing. `unix` means that `\n` is the only line terminator (flag `d`). */
export type AssertionName =
  | 'text-start'
  | 'text-end'
  | 'final-end'
  | 'unix-final-end'
  | 'line-start'
  | 'unix-line-start'
  | 'line-end'
  | 'unix-line-end'
  | 'word-boundary'
  | 'no-word-boundary'
  | 'unicode-word-boundary'
  | 'no-unicode-word-boundary';

/** A parsed pattern. Flags are gone: they are worked into the character sets and the names of the assertions. */
export type Node =
  | { readonly kind: 'set'; readonly chars: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | Repeat
  | { readonly kind: 'group'; readonly index: number; readonly item: Node }
  | { readonly kind: 'atomic'; readonly item: Node }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negated: boolean; readonly item: Node }
  | { readonly kind: 'back-reference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: 'assertion'; readonly name: AssertionName };

export interface Repeat {
  readonly kind: 'repeat';
  readonly item: Node;
  readonly min: number;
  /** `Infinity` without an upper bound. */
  readonly max: number;
  readonly lazy: boolean;
}

export const EMPTY: Node = { kind: 'sequence', items: [] };

export const charsOf = (chars: CharSet): Node => ({ kind: 'set', chars });

export const sequenceOf = (items: readonly Node[]): Node =>
  items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items };

export const choiceOf = (options: readonly Node[]): Node =>
  options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'sequence':
      return node.items;
    case 'choice':
      return node.options;
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'look':
      return [node.item];
    default:
      return [];
  }
}

/** The node and everything below it, parents first. */
export function walk(root: Node): readonly Node[] {
  const nodes = [root];
  for (const node of nodes) nodes.push(...childrenOf(node));
  return nodes;
}
