import { longest, shortest } from './lengths.js';
import type { Node } from './syntax.js';

/** A word boundary or a back-reference looks at a character of the text a few times at most. */
const STEPS_PER_CHARACTER = 4;

const LONGEST_CONSIDERED = 2 ** 20;

/** The most rounds of a repetition in a text of this length: beyond the lowest count, engines drop rounds that consume nothing. */
function roundsIn(item: Node, min: number, max: number, length: number): number {
  const width = shortest(item);
  return width > 0 ? Math.max(min, Math.min(max, Math.floor(length / width))) : Math.min(max, min + length);
}

/** Where a look-behind can begin. */
const placesBehind = (item: Node, length: number): number => Math.min(longest(item) - shortest(item), length) + 1;

/** In how many ways, at most, the node can match from one position of a text of this length. */
function ways(node: Node, length: number): number {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((product, item) => product * ways(item, length), 1);
    case 'choice':
      return node.options.reduce((total, option) => total + ways(option, length), 0);
    case 'repeat': {
      const rounds = roundsIn(node.item, node.min, node.max, length);
      return (rounds - Math.min(node.min, rounds) + 1) * ways(node.item, length) ** rounds;
    }
    case 'look':
      return (node.ahead ? 1 : placesBehind(node.item, length)) * ways(node.item, length);
    case 'group':
    case 'atomic':
      return ways(node.item, length);
    default:
      return 1;
  }
}

/** How many steps, at most, one such way takes. What looks around or compares texts may walk over the whole text. */
function stepsOfWay(node: Node, length: number): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.items.reduce((total, item) => total + stepsOfWay(item, length), 1);
    case 'choice':
      return node.options.reduce((total, option) => total + stepsOfWay(option, length), 1);
    case 'repeat':
      return 1 + roundsIn(node.item, node.min, node.max, length) * stepsOfWay(node.item, length);
    case 'group':
      return stepsOfWay(node.item, length);
    case 'atomic':
    case 'look':
      return stepsOfWay(node.item, length) + 2 * length + 1;
    default:
      return STEPS_PER_CHARACTER * (length + 1);
  }
}

/**
 * The length up to which a backtracking engine cannot take more than `limit` steps on any text, whatever it holds.
 *
 * Backtracking is a walk over a tree of decisions (which option, how many rounds). The tree has at most as many leaves as
 * there are ways to decide, and no branch is longer than one way to match, so starts × ways × steps bounds the work.
 * `a*b` searched in 60 characters is cheap however it goes; `(a|b)*` doubles its ways with every character and is soon
 * over any limit. The bound grows with the length, so the longest harmless one can be found by halving.
 *
 * @param startsAtOnce whether the match can start in one place only
 */
export function harmlessLength(node: Node, startsAtOnce: boolean, limit: number): number {
  const isHarmless = (length: number): boolean => {
    const starts = startsAtOnce ? 1 : length + 1;
    return starts * ways(node, length) * stepsOfWay(node, length) <= limit;
  };
  if (!isHarmless(0)) return -1;
  let [harmless, harmful] = [0, LONGEST_CONSIDERED];
  while (harmful - harmless > 1) {
    const middle = (harmless + harmful) >> 1;
    if (isHarmless(middle)) harmless = middle;
    else harmful = middle;
  }
  return harmless;
}

/** Whether a match of the node can only begin at the start of the text. */
export function isAnchored(node: Node): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.name === 'text-start';
    case 'sequence':
      return node.items[0] !== undefined && isAnchored(node.items[0]);
    case 'choice':
      return node.options.every(isAnchored);
    case 'group':
    case 'atomic':
      return isAnchored(node.item);
    default:
      return false;
  }
}
