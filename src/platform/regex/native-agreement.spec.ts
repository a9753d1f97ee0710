import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatternCompiler } from './index.js';

/**
 * Patterns over a small alphabet that mean the same in Java and JavaScript, on texts without line terminators. Both are
 * small, because the native engine runs without a limit here.
 */
const { pattern } = fc.letrec<{ pattern: string; sequence: string; item: string; atom: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((options) => options.join('|')),
  sequence: fc.array(tie('item'), { maxLength: 3 }).map((items) => items.join('')),
  item: fc
    .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?', '??'))
    .map(([atom, quantifier]) => atom + quantifier),
  atom: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'pattern' },
    fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '[ab]',
      '[^b]',
      String.raw`\w`,
      String.raw`\d`,
      '(?:^)',
      '(?:$)',
      String.raw`(?:\b)`,
    ),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:(?=${inner}))`),
    tie('pattern').map((inner) => `(?:(?!${inner}))`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' '), maxLength: 6 });

describe('where the dialects of Java and JavaScript coincide', () => {
  it.each([
    ['unguarded', {}],
    ['on the engine of the pattern', { maxUnguardedSteps: 0 }],
  ])('every pattern gives the answers of the native engine (%s)', (_how, options) => {
    const compiler = new PatternCompiler({ limitMs: 5_000, ...options });

    fc.assert(
      fc.property(pattern, text, (source, given) => {
        const outcome = compiler.compile(source);
        if (outcome.kind === 'invalid') throw new Error(outcome.reason);

        expect(outcome.pattern.find(given).kind === 'matched').toBe(new RegExp(source, 'u').test(given));
        expect(outcome.pattern.matchesAll(given).kind === 'matched').toBe(
          new RegExp(`^(?:${source})$`, 'u').test(given),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
