import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharSet } from './char-set.js';
import { harmlessLength, isAnchored } from './effort.js';
import { charsOf, choiceOf, sequenceOf, type Node } from './syntax.js';

const LIMIT = 3_000;

const { node } = fc.letrec<{ node: Node; leaf: Node }>((tie) => ({
  leaf: fc.constantFrom(charsOf(CharSet.spans('aa')), charsOf(CharSet.spans('ab')), charsOf(CharSet.all)),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 3 }).map(sequenceOf),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(choiceOf),
    fc
      .record({ item: tie('node'), min: fc.nat(2), extra: fc.constantFrom(0, 1, 2, Infinity), lazy: fc.boolean() })
      .map(({ item, min, extra, lazy }): Node => ({ kind: 'repeat', item, min, max: min + extra, lazy })),
    fc
      .record({ item: tie('node'), negated: fc.boolean() })
      .map(({ item, negated }): Node => ({ kind: 'look', ahead: true, negated, item })),
  ),
}));

/** A backtracking matcher as plain as can be: it never finds a match, so it has to try all there is, and counts. */
class StepCounter {
  steps = 0;

  constructor(private readonly text: string) {}

  search(root: Node): number {
    for (let start = 0; start <= this.text.length; start++) this.visit(root, start, () => false);
    return this.steps;
  }

  private visit(node: Node, at: number, next: (at: number) => boolean): boolean {
    if (++this.steps > LIMIT) return true;
    switch (node.kind) {
      case 'set':
        return at < this.text.length && node.chars.has(this.text.charCodeAt(at)) && next(at + 1);
      case 'sequence':
        return this.sequence(node.items, at, next);
      case 'choice':
        return node.options.some((option) => this.visit(option, at, next));
      case 'repeat':
        return this.rounds(node.item, node.min, node.max, at, next);
      case 'look':
        return this.visit(node.item, at, () => !node.negated) ? next(at) : node.negated && next(at);
      default:
        return next(at);
    }
  }

  private sequence(items: readonly Node[], at: number, next: (at: number) => boolean): boolean {
    const [first, ...rest] = items;
    return first ? this.visit(first, at, (end) => this.sequence(rest, end, next)) : next(at);
  }

  private rounds(item: Node, min: number, max: number, at: number, next: (at: number) => boolean): boolean {
    const another = (end: number): boolean =>
      min <= 0 && end === at ? false : this.rounds(item, min - 1, max - 1, end, next);
    return (max > 0 && this.visit(item, at, another)) || (min <= 0 && next(at));
  }
}

const LONGEST_TRIED = 200;
const a = charsOf(CharSet.spans('aa'));
const many = (item: Node): Node => ({ kind: 'repeat', item, min: 0, max: Infinity, lazy: false });

describe('the bound on the work of a backtracking engine', () => {
  it('is never exceeded on a text of harmless length, however it is made', () => {
    const unit = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 });

    fc.assert(
      fc.property(node, unit, (root, repeated) => {
        const length = Math.min(harmlessLength(root, false, LIMIT), LONGEST_TRIED);
        fc.pre(length >= 0);

        expect(new StepCounter(repeated.repeat(length).slice(0, length)).search(root)).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([1, 2, 3, 4])('holds for %i endless repetitions of the same character in a row', (count) => {
    const root = sequenceOf(Array.from({ length: count }, () => many(a)));
    const length = harmlessLength(root, false, LIMIT);

    expect(length).toBeGreaterThan(0);
    expect(new StepCounter('a'.repeat(length)).search(root)).toBeLessThanOrEqual(LIMIT);
    expect(new StepCounter('a'.repeat(length * 20)).search(root)).toBeGreaterThan(LIMIT);
  });

  it('lets simple patterns run on texts of some length, and nested repetition on hardly any', () => {
    expect(harmlessLength(sequenceOf([many(a), a]), true, 1_000_000)).toBeGreaterThan(500);
    expect(harmlessLength(many(choiceOf([a, a])), true, 1_000_000)).toBeLessThan(20);
  });
});

describe('an anchored pattern', () => {
  const start: Node = { kind: 'assertion', name: 'text-start' };
  const end: Node = { kind: 'assertion', name: 'text-end' };

  it('begins at the start of the text in all its options', () => {
    expect(isAnchored(choiceOf([start, sequenceOf([start, end])]))).toBe(true);
    expect(isAnchored(choiceOf([start, end]))).toBe(false);
    expect(isAnchored(sequenceOf([end, start]))).toBe(false);
  });
});
