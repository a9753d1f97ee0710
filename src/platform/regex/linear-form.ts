import { classSource, escapedWith, quantifierSource, type ClassNotation } from './class-source.js';
import { walk, type AssertionName, type Node } from './syntax.js';

/** RE2 refuses more rounds, alone or multiplied by nesting. */
const MAX_ROUNDS = 1000;
/** What a program may grow to when its repetitions are written out: beyond, building it takes too long. */
const MAX_INSTRUCTIONS = 5_000;
const MAX_RANGES = 50_000;

const NOTATION: ClassNotation = { char: escapedWith('x'), all: '(?s:.)', none: '[^\\x{0}-\\x{10ffff}]' };

interface LinearAssertion {
  readonly source: string;
  /** Matches the texts in which Java's assertion can hold in places where this one does not, or the reverse. */
  readonly differsIn?: RegExp;
}

const OTHER_TERMINATORS = '[\\r\\x85\\u2028\\u2029]';
const NON_ASCII = /[\u0080-\uffff]/;
const LINE_START: LinearAssertion = { source: '(?m:^)', differsIn: new RegExp(`${OTHER_TERMINATORS}|\\n$|^$`) };
const LINE_END: LinearAssertion = { source: '(?m:$)', differsIn: new RegExp(OTHER_TERMINATORS) };
const FINAL_END: LinearAssertion = { source: '\\z', differsIn: /[\n\r\x85\u2028\u2029]$/ };
const BOUNDARY: LinearAssertion = { source: '\\b', differsIn: NON_ASCII };
const NO_BOUNDARY: LinearAssertion = { source: '\\B', differsIn: NON_ASCII };

/**
 * RE2 knows fewer assertions than Java. Each is written as the one that agrees with it on all texts but some: ASCII
 * words, `\n` between lines, no terminator at the end. Those other texts are left to the native engine.
 */
const ASSERTIONS: Readonly<Record<AssertionName, LinearAssertion>> = {
  'text-start': { source: '\\A' },
  'text-end': { source: '\\z' },
  'final-end': FINAL_END,
  'unix-final-end': { source: '\\z', differsIn: /\n$/ },
  'line-start': LINE_START,
  'unix-line-start': { source: '(?m:^)', differsIn: /\n$|^$/ },
  'line-end': LINE_END,
  'unix-line-end': { source: '(?m:$)' },
  'word-boundary': BOUNDARY,
  'no-word-boundary': NO_BOUNDARY,
  'unicode-word-boundary': BOUNDARY,
  'no-unicode-word-boundary': NO_BOUNDARY,
};

/** A pattern as RE2 writes it. */
export interface LinearForm {
  readonly source: string;
  /** The texts for which this form is not what Java means match one of these. */
  readonly differsIn: readonly RegExp[];
  /** `$` is written as the end of the text here; a search must also try the text without its final line terminator. */
  readonly trimsTerminator: boolean;
}

/** Translates a pattern to RE2's dialect, or returns undefined if it has what RE2 cannot express or is too large for it. */
export function linearForm(root: Node): LinearForm | undefined {
  const nodes = walk(root);
  const isForeign = nodes.some(({ kind }) => kind === 'look' || kind === 'atomic' || kind === 'back-reference');
  if (isForeign || !isSmall(root)) return undefined;
  const names = new Set(nodes.flatMap((node) => (node.kind === 'assertion' ? [node.name] : [])));
  const trimsTerminator = names.has('final-end') && areTrimmable(names) && endsInFinalEnd(root, true);
  if (trimsTerminator) names.delete('final-end');
  const differsIn = new Set([...names].flatMap((name) => ASSERTIONS[name].differsIn ?? []));
  return { source: write(root), differsIn: [...differsIn], trimsTerminator };
}

/** Assertions that judge the end of the text as they judge the place before the terminator that ends it. */
const areTrimmable = (names: ReadonlySet<AssertionName>): boolean =>
  [...names].every((name) => name === 'text-start' || name === 'final-end' || name.endsWith('word-boundary'));

/** Whether `$` stands nowhere but at the end, where nothing can consume the terminator after it. */
function endsInFinalEnd(node: Node, isLast: boolean): boolean {
  switch (node.kind) {
    case 'assertion':
      return isLast || node.name !== 'final-end';
    case 'sequence':
      return node.items.every((item, index) => endsInFinalEnd(item, isLast && index === node.items.length - 1));
    case 'choice':
      return node.options.every((option) => endsInFinalEnd(option, isLast));
    case 'repeat':
      return endsInFinalEnd(node.item, isLast && node.max <= 1);
    case 'group':
      return endsInFinalEnd(node.item, isLast);
    default:
      return true;
  }
}

function isSmall(root: Node): boolean {
  const size = { instructions: 0, ranges: 0, rounds: 1 };
  const add = (node: Node, times: number): void => {
    if (node.kind === 'repeat') size.rounds = Math.max(size.rounds, times * roundsOf(node.min, node.max));
    if (node.kind === 'set') size.ranges += times * node.chars.ranges.length;
    size.instructions += times;
  };
  visitExpanded(root, 1, add);
  return size.rounds <= MAX_ROUNDS && size.instructions <= MAX_INSTRUCTIONS && size.ranges <= MAX_RANGES;
}

const roundsOf = (min: number, max: number): number => Math.max(1, max === Infinity ? min : max);

/** Every node, with how often it stands in the pattern when its repetitions are written out. */
function visitExpanded(node: Node, times: number, visit: (node: Node, times: number) => void): void {
  visit(node, times);
  if (node.kind === 'sequence') for (const item of node.items) visitExpanded(item, times, visit);
  if (node.kind === 'choice') for (const option of node.options) visitExpanded(option, times, visit);
  if (node.kind === 'group') visitExpanded(node.item, times, visit);
  if (node.kind === 'repeat') visitExpanded(node.item, times * roundsOf(node.min, node.max), visit);
}

/** Whether there is a match does not depend on what groups capture or which repetition is lazy: both are left out. */
function write(node: Node): string {
  switch (node.kind) {
    case 'set':
      return classSource(node.chars, NOTATION);
    case 'sequence':
      return node.items.map(write).join('');
    case 'choice':
      return `(?:${node.options.map(write).join('|')})`;
    case 'repeat':
      return `(?:${write(node.item)})${quantifierSource(node.min, node.max)}`;
    case 'assertion':
      return ASSERTIONS[node.name].source;
    default:
      return 'item' in node ? write(node.item) : '';
  }
}
