import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatternCompiler, type CompiledPattern, type PatternCompilerOptions } from './index.js';

function compiled(source: string, options?: PatternCompilerOptions): CompiledPattern {
  const outcome = new PatternCompiler(options).compile(source);
  if (outcome.kind === 'invalid') throw new Error(`${source}: ${outcome.reason}`);
  return outcome.pattern;
}

const MATCHED = { kind: 'matched' };
const UNMATCHED = { kind: 'unmatched' };

describe('a compiled pattern', () => {
  it('is found anywhere, but matches only the whole text', () => {
    const pattern = compiled('b+');

    expect(pattern.find('abbc')).toEqual(MATCHED);
    expect(pattern.matchesAll('abbc')).toEqual(UNMATCHED);
    expect(pattern.matchesAll('bb')).toEqual(MATCHED);
  });

  it('ends at $ before a last line terminator when searched, and at the end of the text when matched', () => {
    for (const options of [{}, { maxUnguardedSteps: 0 }]) {
      const pattern = compiled('^release$', options);

      expect(['release', 'release\n', 'release\r\n', 'release\u2028'].map((text) => pattern.find(text).kind)).toEqual(
        Array.from({ length: 4 }, () => 'matched'),
      );
      expect(pattern.find('release\n\n')).toEqual(UNMATCHED);
      expect(pattern.matchesAll('release\n')).toEqual(UNMATCHED);
    }
  });

  it('keeps its source', () => {
    expect([compiled('a').source, compiled('a*').source, compiled('(?=a)').source]).toEqual(['a', 'a*', '(?=a)']);
  });
});

describe('the engine of a pattern', () => {
  it.each([
    'master',
    '',
    String.raw`a\.b`,
    String.raw`\Qa.*b\E`,
    String.raw`\x41\t`,
    '(?:a)b',
    'a{2}{3}b|c'.slice(0, 1),
  ])('is plain comparison for %j', (source) => {
    expect(compiled(source).engine).toBe('literal');
  });

  it.each([
    ['flags', String.raw`(?i)a(?s).(?m)^b$(?x) c d # e`],
    ['flags of a group', '(?i:a)(?s-i:.)'],
    ['Unicode flags', String.raw`(?iu)é(?U)\w(?d).$`],
    ['POSIX classes', String.raw`\p{Alpha}\p{Lower}\p{Punct}\p{Graph}\p{Blank}\p{XDigit}\P{Space}`],
    ['Unicode classes', String.raw`\p{L}\pN\p{IsAlphabetic}\p{IsLatin}\p{InGreek}\p{javaLowerCase}\P{Lu}`],
    ['quoting', String.raw`\Qa.b\E+\Q[`],
    ['escapes', String.raw`\h\H\v\V\e\a\cA\07\x41\x{1F600}\u00e9\R`],
    ['predefined classes', String.raw`\d\D\w\W\s\S.`],
    ['places', String.raw`\A\G^\ba\B\Z`],
    ['the ends of the text', String.raw`a$|b\z`],
    ['named groups', '(?<name>a|b)*'],
    ['set arithmetic', '[a-z&&[^aeiou]][a[b-d]&&[c]]'],
    ['possessive repetition that could not give back', String.raw`\d++\.[a-z]*+$`],
    ['atomic groups with one way to match', '(?>abc)+d'],
    ['nested repetition', '(a+)+$'],
  ])('is linear for %s', (_what, source) => {
    expect(compiled(source).engine).toBe('linear');
  });

  it.each([
    ['look-ahead', '(?=a)b'],
    ['look-behind', '(?<!a)b'],
    ['back-references', String.raw`(a)\1`],
    ['possessive repetition that could give back', String.raw`\w++\d`],
    ['atomic groups with several ways to match', '(?>a|ab)c'],
    ['counts beyond a thousand', 'a{1001}'],
    ['nested counts beyond a thousand', '((a{100}){100}){100}'],
  ])('is backtracking for %s', (_what, source) => {
    expect(compiled(source).engine).toBe('backtracking');
  });
});

describe('an invalid pattern', () => {
  it.each([
    ['a**', 'there is nothing for * to repeat'],
    ['(a', 'a ( is not closed'],
    ['a)', 'a ) has no ( before it'],
    ['[a', 'a [ is not closed'],
    ['a{,3}', 'a { outside [ ] is not followed by a number'],
    ['a{3,1}', 'a repetition has its larger number first'],
    ['[z-a]', 'a range inside [ ] ends before it begins'],
    [String.raw`\p{Foo}`, 'there is no character property "Foo"'],
    [String.raw`\p{constructor}`, 'there is no character property "constructor"'],
    [String.raw`\y`, String.raw`\y has no meaning`],
    [String.raw`\k<x>`, 'there is no group <x> before its use'],
    ['(?<x>a)(?<x>b)', 'there are two groups <x>'],
    ['(?z)', '(? is followed by an unknown modifier'],
    ['(?<=(ab)*)c', 'a look-behind needs a limited length'],
    ['a'.repeat(10_001), 'it is longer than 10000 characters'],
    [String.raw`\p{L}`.repeat(1_000), 'its character classes or word boundaries are too many'],
    [`${'('.repeat(400)}${')'.repeat(400)}`, 'the groups are nested too deeply'],
    ['['.repeat(400), 'the character classes are nested too deeply'],
  ])('%.20s has a reason in words', (source, reason) => {
    expect(new PatternCompiler().compile(source)).toEqual({ kind: 'invalid', reason });
  });
});

describe('hostile patterns', () => {
  const text = `${'a'.repeat(5_000)}!`;

  it.each(['(a+)+$', '(a|aa)+$', '(a|a)*b', '(x+x+)+y', String.raw`^(\w+\s?)*$`, '(a?){400}a{400}'])(
    '%s is answered in linear time',
    (source) => {
      const pattern = compiled(source, { limitMs: 5_000 });

      expect(pattern.matchesAll(text)).toEqual(UNMATCHED);
      expect(pattern.find('b!').kind).not.toBe('too-slow');
    },
  );

  it('that a greedy search matches is matched', () => {
    expect(compiled('(.*a){20}', { limitMs: 5_000 }).find(text)).toEqual(MATCHED);
  });

  it.each(['(?=(a+)+$)a', '(?<!x)(a|aa)+$', String.raw`(a*)*\1b`, '(?>(a+)+$)', '(?m)^(a+)+$\r', '(?:a?){1000000}b'])(
    '%s is given up after the time limit',
    (source) => {
      const outcome = compiled(source, { limitMs: 5 }).find(`${text}\r`);

      expect(outcome).toEqual({ kind: 'too-slow', limitMs: 5 });
    },
  );

  it('are stopped on the linear engine, too, where text and pattern are both huge; the pattern stays usable', () => {
    const pattern = compiled('(?:a|b)*a(?:a|b){900}x', { limitMs: 1 });
    const longText = `${'ab'.repeat(500_000)}ba${'x'.repeat(2)}`;

    expect(pattern.matchesAll(longText)).toEqual({ kind: 'too-slow', limitMs: 1 });
    expect(pattern.matchesAll('a'.repeat(901) + 'x')).toEqual(MATCHED);
  });

  it('are compiled without delay or refused', () => {
    const sources = [
      '((a{100}){100}){100}',
      '(a{2147483647}){2147483647}',
      '(?:(?:a?){1000}){1000}',
      'a?'.repeat(5_000),
    ];

    expect(sources.map((source) => new PatternCompiler().compile(source).kind)).toEqual(sources.map(() => 'compiled'));
  });
});

describe('quoting', () => {
  it('makes any text match itself and nothing longer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\\E'));
        const pattern = compiled(`\\Q${text}\\E`);

        expect(pattern.matchesAll(text)).toEqual(MATCHED);
        expect(pattern.find(`<${text}>`)).toEqual(MATCHED);
        expect(pattern.matchesAll(`${text}x`)).toEqual(UNMATCHED);
      }),
    );
  });
});

describe('the cache of patterns', () => {
  it('keeps those used last', () => {
    const compiler = new PatternCompiler({ maxCached: 2 });
    const [a, b] = [compiler.compile('a'), compiler.compile('b')];

    compiler.compile('a');
    compiler.compile('c');

    expect(compiler.compile('a')).toBe(a);
    expect(compiler.compile('b')).not.toBe(b);
  });

  it('keeps refusals as well', () => {
    const compiler = new PatternCompiler();

    expect(compiler.compile('(')).toBe(compiler.compile('('));
  });
});
