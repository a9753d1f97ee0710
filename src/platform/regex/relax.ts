import { CharSet } from './char-set.js';
import { shortest } from './lengths.js';
import { LINE_TERMINATORS } from './line-terminators.js';
import { walk, type Node, type Repeat } from './syntax.js';

/**
 * Takes possessive and atomic groups out of a pattern where going back into them could never help, so that the linear
 * engine, which knows neither, can have it: `\d++x` is `\d+x`, but `\w++x` is not `\w+x`.
 */
export function relax(node: Node): Node {
  return walk(node).some(({ kind }) => kind === 'atomic') ? relaxed(node, CharSet.none) : node;
}

/**
 * @param next the characters one of which must come next for the rest of the pattern to match. The end of the pattern
 *   adds none: after a greedy match it either succeeds at once (find) or wants the end of the text (matches).
 */
function relaxed(node: Node, next: CharSet): Node {
  switch (node.kind) {
    case 'sequence':
      return { ...node, items: relaxedSequence(node.items, next) };
    case 'choice':
      return { ...node, options: node.options.map((option) => relaxed(option, next)) };
    case 'repeat':
      return { ...node, item: relaxed(node.item, node.max > 1 ? next.union(start(node.item)) : next) };
    case 'group':
      return { ...node, item: relaxed(node.item, next) };
    case 'look':
      return { ...node, item: relaxed(node.item, CharSet.all) };
    case 'atomic':
      return isRelaxable(node.item, next) ? relaxed(node.item, next) : { ...node, item: relaxed(node.item, next) };
    default:
      return node;
  }
}

function relaxedSequence(items: readonly Node[], next: CharSet): readonly Node[] {
  const done: Node[] = [];
  let following = next;
  for (const item of [...items].reverse()) {
    done.unshift(relaxed(item, following));
    following = startBefore(item, following);
  }
  return done;
}

/** One way to match leaves nothing to go back to; fewer rounds leave in front what only another round could take. */
function isRelaxable(item: Node, next: CharSet): boolean {
  if (isRigid(item)) return true;
  const round = item.kind === 'repeat' && !item.lazy ? unwrapped(item) : undefined;
  return round !== undefined && isRigid(round) && shortest(round) > 0 && start(round).intersect(next).isEmpty;
}

const unwrapped = ({ item }: Repeat): Node => (item.kind === 'atomic' ? item.item : item);

/** Whether the node matches in one way at most from any position. */
function isRigid(node: Node): boolean {
  return walk(node).every((part) => part.kind !== 'choice' && (part.kind !== 'repeat' || part.min === part.max));
}

/** The characters a match of the node can begin with; all if it may match without consuming. */
function start(node: Node): CharSet {
  return startBefore(node, CharSet.all);
}

/** The characters that must come next where the node stands, if `next` must come after it. */
function startBefore(node: Node, next: CharSet): CharSet {
  switch (node.kind) {
    case 'set':
      return node.chars;
    case 'sequence':
      return node.items.reduceRight((following, item) => startBefore(item, following), next);
    case 'choice':
      return node.options.reduce((chars, option) => chars.union(startBefore(option, next)), CharSet.none);
    case 'repeat':
      return node.min > 0 ? startBefore(node.item, next) : startBefore(node.item, next).union(next);
    case 'group':
    case 'atomic':
      return startBefore(node.item, next);
    case 'assertion':
      return startBeforeAssertion(node.name);
    default:
      return CharSet.all;
  }
}

function startBeforeAssertion(name: string): CharSet {
  if (name === 'text-end') return CharSet.none;
  return name.endsWith('-end') ? LINE_TERMINATORS : CharSet.all;
}
