import { CharSet } from './char-set.js';
import { ClassParser } from './class-parser.js';
import { readCharEscape, readClassEscape } from './escapes.js';
import { FLAG_LETTER, withFlags } from './flags.js';
import type { JavaProperties } from './java-properties.js';
import { longestBehind } from './lengths.js';
import { LINE_BREAK, LINE_TERMINATORS, NEWLINE } from './line-terminators.js';
import { ParseContext } from './parse-context.js';
import { PatternFault } from './pattern-fault.js';
import { readQuantifier, repeated } from './quantifiers.js';
import { EMPTY, charsOf, choiceOf, sequenceOf, type AssertionName, type Node } from './syntax.js';
import type { UnicodeTables } from './unicode-tables.js';

/** Deeper nesting could exhaust the stack of whoever walks the tree. */
const MAX_DEPTH = 250;

/** `\X`, a user-perceived character, close to Unicode's rules; and `\b{g}`, the place between two of them. */
const GRAPHEME = String.raw`(?>\r\n|[\x{1F1E6}-\x{1F1FF}]{2}|(?s:.)(?:[\p{M}\x{200D}\x{1F3FB}-\x{1F3FF}]|(?<=\x{200D})[\x{2190}-\x{2BFF}\x{1F000}-\x{1FAFF}]|(?<=[\u1100-\u11A7])[\u1160-\u11FF]){0,99})`;
const GRAPHEME_BOUNDARY = String.raw`(?:\A|\z|(?![\p{M}\x{200D}\x{1F3FB}-\x{1F3FF}])(?<!\x{200D})(?!(?<=\r)\n))`;

/** Recursive descent over the syntax of java.util.regex (Java 17), flags included. */
export class JavaParser {
  private readonly context: ParseContext;
  private readonly classes: ClassParser;
  private groups = 0;
  private readonly names = new Map<string, number>();
  private depth = 0;

  constructor(
    source: string,
    private readonly tables: UnicodeTables,
    private readonly properties: JavaProperties,
  ) {
    this.context = new ParseContext(source, tables, properties);
    this.classes = new ClassParser(this.context);
  }

  /** @throws PatternFault if Java would refuse the pattern */
  parse(): Node {
    const node = this.choice();
    if (this.context.reader.peek() !== undefined) throw new PatternFault('a ) has no ( before it');
    return node;
  }

  private choice(): Node {
    const options = [this.sequence()];
    while (this.context.reader.accept('|')) options.push(this.sequence());
    return choiceOf(options);
  }

  private sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      const next = this.context.reader.peek();
      if (next === undefined || next === '|' || next === ')') return sequenceOf(items);
      const item = this.atom(next);
      if (item) items.push(this.quantified(item));
    }
  }

  private quantified(item: Node): Node {
    const quantifier = readQuantifier(this.context.reader);
    return quantifier ? repeated(item, quantifier) : item;
  }

  /** Undefined for `(?i)` and the like, which nothing can repeat. */
  private atom(next: string): Node | undefined {
    const { reader } = this.context;
    // Java lets a count follow nothing at all, or another quantifier: it then repeats the empty text.
    if (next === '{') return EMPTY;
    reader.next();
    switch (next) {
      case '*':
      case '+':
      case '?':
        throw new PatternFault(`there is nothing for ${next} to repeat`);
      case '(':
        return this.group();
      case '[':
        return charsOf(this.classes.parse(MAX_DEPTH));
      case '.':
        return charsOf(this.dot());
      case '^':
        return this.assertion(this.context.flags.m ? 'line-start' : 'text-start');
      case '$':
        return this.assertion(this.context.flags.m ? 'line-end' : 'final-end');
      case '\\':
        return this.escape();
      default:
        return this.literal(next.codePointAt(0) ?? 0);
    }
  }

  private literal(code: number): Node {
    return charsOf(this.context.literal(CharSet.single(code)));
  }

  private dot(): CharSet {
    const { flags } = this.context;
    if (flags.s) return CharSet.all;
    return (flags.d ? NEWLINE : LINE_TERMINATORS).complement();
  }

  private assertion(name: 'text-start' | 'line-start' | 'line-end' | 'final-end'): Node {
    return { kind: 'assertion', name: this.context.flags.d && name !== 'text-start' ? `unix-${name}` : name };
  }

  private escape(): Node {
    const { reader } = this.context;
    const letter = reader.nextRaw();
    if (letter === undefined) throw new PatternFault('the pattern ends in a single backslash');
    const node = this.structuralEscape(letter);
    if (node) return node;
    const chars = readClassEscape(letter, this.context);
    if (chars) return charsOf(chars);
    const code = readCharEscape(letter, reader);
    if (code === undefined) throw new PatternFault(`\\${letter} has no meaning`);
    return this.literal(code);
  }

  /** The escapes that mean nothing inside a character class. */
  private structuralEscape(letter: string): Node | undefined {
    switch (letter) {
      case 'A':
      case 'G': // where the previous match ended: for a first match, the start
        return this.assertion('text-start');
      case 'Z':
        return this.assertion('final-end');
      case 'z':
        return { kind: 'assertion', name: 'text-end' };
      case 'b':
        return this.acceptGraphemeMark() ? this.macro(GRAPHEME_BOUNDARY) : this.wordBoundary('word-boundary');
      case 'B':
        return this.wordBoundary('no-word-boundary');
      case 'R':
        return LINE_BREAK;
      case 'X':
        return this.macro(GRAPHEME);
      case 'k':
        return this.backReference(this.groupNamed(this.groupName()));
      default:
        return /[1-9]/.test(letter) ? this.backReference(this.groupNumber(letter)) : undefined;
    }
  }

  private wordBoundary(name: 'word-boundary' | 'no-word-boundary'): Node {
    const unicode: AssertionName = name === 'word-boundary' ? 'unicode-word-boundary' : 'no-unicode-word-boundary';
    return { kind: 'assertion', name: this.context.flags.U ? unicode : name };
  }

  private acceptGraphemeMark(): boolean {
    const { reader } = this.context;
    const found = reader.peekRaw() === '{' && reader.peekRaw(1) === 'g' && reader.peekRaw(2) === '}';
    if (found) reader.position += 3;
    return found;
  }

  private macro(source: string): Node {
    return new JavaParser(source, this.tables, this.properties).parse();
  }

  private backReference(index: number): Node {
    return { kind: 'back-reference', index, ignoreCase: this.context.flags.i };
  }

  /** More digits belong to the number only as long as so many groups have been opened. */
  private groupNumber(first: string): number {
    const { reader } = this.context;
    let index = Number(first);
    for (let digit = reader.peek(); digit !== undefined && /[0-9]/.test(digit); digit = reader.peek()) {
      const longer = index * 10 + Number(digit);
      if (longer > this.groups) break;
      index = longer;
      reader.next();
    }
    return index;
  }

  private groupName(): string {
    const { reader } = this.context;
    if (!reader.accept('<')) throw new PatternFault('\\k is not followed by the <name> of a group');
    return this.restOfName();
  }

  private restOfName(): string {
    const { reader } = this.context;
    const name = reader.takeWhile(/[a-zA-Z0-9]/);
    if (!/^[a-zA-Z]/.test(name)) throw new PatternFault('the name of a group begins with a letter from a to z');
    if (!reader.accept('>')) throw new PatternFault('the name of a group has letters and digits only and ends with >');
    return name;
  }

  private groupNamed(name: string): number {
    const index = this.names.get(name);
    if (index === undefined) throw new PatternFault(`there is no group <${name}> before its use`);
    return index;
  }

  private group(): Node | undefined {
    const { reader } = this.context;
    if (!reader.accept('?')) return this.capture();
    if (reader.accept(':')) return this.groupBody();
    if (reader.accept('>')) return { kind: 'atomic', item: this.groupBody() };
    if (reader.accept('=')) return this.look(true, false);
    if (reader.accept('!')) return this.look(true, true);
    if (!reader.accept('<')) return this.modifier();
    if (reader.accept('=')) return this.look(false, false);
    if (reader.accept('!')) return this.look(false, true);
    return this.capture(this.restOfName());
  }

  private capture(name?: string): Node {
    const index = ++this.groups;
    if (name !== undefined) {
      if (this.names.has(name)) throw new PatternFault(`there are two groups <${name}>`);
      this.names.set(name, index);
    }
    return { kind: 'group', index, item: this.groupBody() };
  }

  private look(ahead: boolean, negated: boolean): Node {
    const item = this.groupBody();
    if (!ahead && longestBehind(item) === Infinity) throw new PatternFault('a look-behind needs a limited length');
    return { kind: 'look', ahead, negated, item };
  }

  /** Flags set inside a group end with it. */
  private groupBody(): Node {
    const { reader, flags } = this.context;
    if (++this.depth > MAX_DEPTH) throw new PatternFault('the groups are nested too deeply');
    const node = this.choice();
    if (!reader.accept(')')) throw new PatternFault('a ( is not closed');
    this.depth--;
    this.context.flags = flags;
    return node;
  }

  /** `(?i-s)` changes the flags for the rest of the group it stands in, `(?i-s:…)` for a group of its own. */
  private modifier(): Node | undefined {
    const { reader } = this.context;
    const before = this.context.flags;
    this.context.flags = withFlags(before, reader.takeWhile(FLAG_LETTER), true);
    if (reader.accept('-')) this.context.flags = withFlags(this.context.flags, reader.takeWhile(FLAG_LETTER), false);
    if (reader.accept(')')) return undefined;
    if (!reader.accept(':')) throw new PatternFault('(? is followed by an unknown modifier');
    const node = this.groupBody();
    this.context.flags = before;
    return node;
  }
}
