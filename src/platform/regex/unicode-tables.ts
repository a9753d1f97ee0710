import { CharSet, type CharRange } from './char-set.js';

const PLANE = 0x1_0000;
const NONCHARACTERS_OF_A_PLANE = 2;
/** Planes whose code points differ from each other; the rest is unassigned or private use throughout. */
const MIXED_PLANES = [0, 1, 2, 3, 14];
const SURROGATES: CharRange = [0xd800, 0xdfff];

/** Spans in which every code point has the same properties, so that asking for the first is enough. */
function* uniformSpans(): Generator<CharRange> {
  for (let plane = 0; plane <= 16; plane++) {
    const first = plane * PLANE;
    const last = first + PLANE - 1;
    if (MIXED_PLANES.includes(plane)) {
      for (let code = first; code <= last; code++) {
        if (code === SURROGATES[0]) yield SURROGATES;
        if (code < SURROGATES[0] || code > SURROGATES[1]) yield [code, code];
      }
    } else {
      yield [first, last - NONCHARACTERS_OF_A_PLANE];
      yield [last - NONCHARACTERS_OF_A_PLANE + 1, last];
    }
  }
}

function codePointsMatching(pattern: RegExp): CharSet {
  const ranges: CharRange[] = [];
  for (const span of uniformSpans()) if (pattern.test(String.fromCodePoint(span[0]))) ranges.push(span);
  return CharSet.of(ranges);
}

const setOf = (codes: readonly number[]): CharSet => CharSet.of(codes.map((code): CharRange => [code, code]));

/** 'İ' is the only character whose lower case has two code points; Java's mapping keeps the first. */
const lowerOf = (code: number): number => String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code;

/** Java maps one character to one character: 'ß', whose upper case is two, stays as it is. */
function upperOf(code: number): number {
  const upper = String.fromCodePoint(code).toUpperCase();
  const mapped = upper.codePointAt(0) ?? code;
  return upper.length === String.fromCodePoint(mapped).length ? mapped : code;
}

/** Java's Unicode case folding: upper case, then lower case, so that 'ς', 'σ' and 'Σ' are one. */
const foldOf = (code: number): number => lowerOf(upperOf(code));

/**
 * What the JavaScript engine knows about Unicode, as sets of code points. A table takes about 20 ms to read off the engine,
 * so each is read when a pattern first needs it, and kept.
 */
export class UnicodeTables {
  private readonly sets = new Map<string, CharSet | undefined>();
  /** For every character that has a case, all that differ from it in case only, and itself. */
  private partners: ReadonlyMap<number, readonly number[]> | undefined;

  /** The set of a character class in JavaScript's notation with flag `u`, or undefined if JavaScript refuses it. */
  set(charClass: string): CharSet | undefined {
    if (!this.sets.has(charClass)) this.sets.set(charClass, this.read(charClass));
    return this.sets.get(charClass);
  }

  /** The set with every character added that differs from a member in case only. */
  foldCase(chars: CharSet): CharSet {
    this.partners ??= this.readPartners();
    const { only } = chars;
    if (only !== undefined) return setOf(this.partners.get(only) ?? [only]);
    const added: number[] = [];
    for (const [code, partners] of this.partners) {
      if (!chars.has(code) && partners.some((partner) => chars.has(partner))) added.push(code);
    }
    return chars.union(setOf(added));
  }

  private read(charClass: string): CharSet | undefined {
    try {
      return codePointsMatching(new RegExp(charClass, 'u'));
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private readPartners(): ReadonlyMap<number, readonly number[]> {
    const byFold = new Map<number, Set<number>>();
    for (const code of this.set('\\p{Changes_When_Casemapped}')?.codePoints() ?? []) {
      const fold = foldOf(code);
      byFold.set(fold, (byFold.get(fold) ?? new Set([fold])).add(code));
    }
    const groups = [...byFold.values()].map((codes) => [...codes]);
    return new Map(groups.flatMap((group) => group.map((code): [number, number[]] => [code, group])));
  }
}
