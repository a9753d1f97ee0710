import { CharSet } from './char-set.js';
import { readCharEscape, readClassEscape } from './escapes.js';
import type { ParseContext } from './parse-context.js';
import { PatternFault } from './pattern-fault.js';

const unclosed = (): PatternFault => new PatternFault('a [ is not closed');

/**
 * Computes the set of a `[…]` with all that Java allows in it: nested classes are a union, `&&` an intersection with
 * all that follows up to the next `&&` after a nested class, and a leading `^` is applied last of all.
 */
export class ClassParser {
  constructor(private readonly context: ParseContext) {}

  /** Reads a class from after its opening bracket to after its closing one. */
  parse(depth: number): CharSet {
    if (depth <= 0) throw new PatternFault('the character classes are nested too deeply');
    const { reader } = this.context;
    const negated = reader.peekRaw() === '^';
    if (negated) reader.nextRaw();
    const chars = this.body(depth);
    reader.next();
    return negated ? chars.complement() : chars;
  }

  /** Up to the closing bracket; one that comes first of all is an ordinary character. */
  private body(depth: number): CharSet {
    let chars: CharSet | undefined;
    for (;;) {
      const next = this.context.reader.peek();
      if (next === undefined) throw unclosed();
      if (next === ']' && chars) return chars;
      if (this.acceptIntersection()) chars = intersection(chars, this.rightSide(depth));
      else chars = (chars ?? CharSet.none).union(this.operand(depth));
    }
  }

  private acceptIntersection(): boolean {
    const { reader } = this.context;
    const start = reader.position;
    if (reader.accept('&') && reader.accept('&')) return true;
    reader.position = start;
    return false;
  }

  /** What follows `&&`: nested classes, then perhaps more that reaches to the end of the class. */
  private rightSide(depth: number): CharSet | undefined {
    const { reader } = this.context;
    let chars: CharSet | undefined;
    for (let next = reader.peek(); next !== ']' && next !== '&'; next = reader.peek()) {
      const part = next === '[' ? this.operand(depth) : this.body(depth - 1);
      chars = (chars ?? CharSet.none).union(part);
    }
    return chars;
  }

  private operand(depth: number): CharSet {
    const { reader } = this.context;
    if (reader.accept('[')) return this.parse(depth - 1);
    const first = this.item();
    if (first instanceof CharSet) return first;
    return this.context.literal(CharSet.of([[first, this.rangeEnd(first)]]));
  }

  /** A class such as `\d`, or one character. */
  private item(): CharSet | number {
    const { reader } = this.context;
    const char = reader.next();
    if (char === undefined) throw unclosed();
    if (char !== '\\') return char.codePointAt(0) ?? 0;
    const letter = reader.nextRaw();
    if (letter === undefined) throw unclosed();
    const escaped = readClassEscape(letter, this.context) ?? readCharEscape(letter, reader);
    if (escaped === undefined) throw new PatternFault(`\\${letter} means nothing inside [ ]`);
    return escaped;
  }

  /** A hyphen in front of a bracket is an ordinary character. */
  private rangeEnd(first: number): number {
    const { reader } = this.context;
    if (reader.peek() !== '-') return first;
    const after = reader.peekRaw(1);
    if (after === '[' || after === ']') return first;
    reader.next();
    const last = this.item();
    if (last instanceof CharSet || last < first) throw new PatternFault('a range inside [ ] ends before it begins');
    return last;
  }
}

function intersection(left: CharSet | undefined, right: CharSet | undefined): CharSet {
  const chars = left && right ? left.intersect(right) : (left ?? right);
  if (!chars) throw new PatternFault('&& has nothing on either side');
  return chars;
}
