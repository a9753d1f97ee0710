import { CharSet } from './char-set.js';
import { NO_FLAGS, type Flags } from './flags.js';
import type { JavaProperties } from './java-properties.js';
import { UNICODE_WORD } from './java-property-tables.js';
import { PatternReader } from './pattern-reader.js';
import type { UnicodeTables } from './unicode-tables.js';

const LOWER = CharSet.spans('az');
const UPPER = CharSet.spans('AZ');
const CASE_DISTANCE = 32;

const shifted = (chars: CharSet, distance: number): CharSet =>
  CharSet.of(chars.ranges.map(([first, last]) => [first + distance, last + distance]));

/** ASCII letters in both cases; without flag `u` Java leaves all others as they are. */
function foldAscii(chars: CharSet): CharSet {
  const lower = shifted(chars.intersect(UPPER), CASE_DISTANCE);
  const upper = shifted(chars.intersect(LOWER), -CASE_DISTANCE);
  return chars.union(lower).union(upper);
}

/** What the parts of the parser share: where it is in the pattern, and which flags hold there. */
export class ParseContext {
  readonly reader: PatternReader;
  private current: Flags = NO_FLAGS;

  constructor(
    source: string,
    private readonly tables: UnicodeTables,
    private readonly properties: JavaProperties,
  ) {
    this.reader = new PatternReader(source);
  }

  get flags(): Flags {
    return this.current;
  }

  set flags(flags: Flags) {
    this.current = flags;
    this.reader.skipsBlanks = flags.x;
    this.reader.unixLines = flags.d;
  }

  /** The characters that stand for themselves in the pattern, with their other case if flag `i` is on. */
  literal(chars: CharSet): CharSet {
    if (!this.flags.i) return chars;
    return this.flags.u ? this.tables.foldCase(chars) : foldAscii(chars);
  }

  property(name: string): CharSet {
    return this.properties.resolve(name, this.flags);
  }

  get unicodeWord(): CharSet {
    return this.tables.set(UNICODE_WORD) ?? CharSet.none;
  }
}
