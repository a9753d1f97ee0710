import type { Node } from './syntax.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);

/** 0 × ∞ is 0 here: no rounds of an endless item, or endless rounds of an empty one, consume nothing. */
const times = (count: number, length: number): number => (count === 0 || length === 0 ? 0 : count * length);

/** The fewest code points a match of the node can consume. */
export function shortest(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return sum(node.items.map(shortest));
    case 'choice':
      return Math.min(...node.options.map(shortest));
    case 'repeat':
      return times(node.min, shortest(node.item));
    case 'group':
    case 'atomic':
      return shortest(node.item);
    default:
      return 0;
  }
}

/** The most code points a match of the node can consume; `Infinity` if that depends on the text. */
export function longest(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return sum(node.items.map(longest));
    case 'choice':
      return Math.max(...node.options.map(longest));
    case 'repeat':
      return times(node.max, longest(node.item));
    case 'group':
    case 'atomic':
      return longest(node.item);
    case 'back-reference':
      return Infinity;
    default:
      return 0;
  }
}

/** Java's notion of an endless single character in a look-behind: very long, but long enough to be allowed. */
const VERY_LONG = 2 ** 31 - 1;

/** Like `longest`, for a look-behind: there `a*` is allowed for a single character, `(ab)*` and `(a*){2}` are not. */
export function longestBehind(node: Node): number {
  switch (node.kind) {
    case 'sequence':
      return sum(node.items.map(longestBehind));
    case 'choice':
      return Math.max(...node.options.map(longestBehind));
    case 'repeat':
      return repeatBehind(node.max, node.item);
    case 'group':
    case 'atomic':
      return longestBehind(node.item);
    default:
      return longest(node);
  }
}

function repeatBehind(max: number, item: Node): number {
  const length = longestBehind(item);
  if (max === Infinity) return item.kind === 'set' ? VERY_LONG : Infinity;
  return max > 1 && length >= VERY_LONG ? Infinity : times(max, length);
}
