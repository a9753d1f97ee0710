const BLANK = /[ \t\n\v\f\r]/;
const LINE_TERMINATOR = /[\n\r\u0085\u2028\u2029]/;

/** A digit right after `\Q` must not become part of an escape in front of it, such as `\1`. */
function escapeQuoted(text: string): string {
  return text.replace(/[\0-/:-@[-`{-\x7f]/g, '\\$&').replace(/^[0-9]/, '\\x3$&');
}

/**
 * Java takes `\Q…\E` out of the whole pattern before it reads anything else, also inside character classes and in the
 * middle of a range; an open `\Q` reaches to the end.
 */
function unquote(source: string): string {
  return source.replace(/\\(?:Q([^]*?)(?:\\E|$)|[^])/g, (all: string, quoted: string | undefined) =>
    quoted === undefined ? all : escapeQuoted(quoted),
  );
}

/** Walks over a pattern, one code point at a time. With `skipsBlanks` (flag `x`) it passes over blanks and comments. */
export class PatternReader {
  skipsBlanks = false;
  /** Flag `d`: a comment ends at `\n` only. */
  unixLines = false;
  position = 0;
  private readonly chars: readonly string[];

  constructor(source: string) {
    this.chars = [...unquote(source)];
  }

  peek(): string | undefined {
    if (this.skipsBlanks) this.skip();
    return this.peekRaw();
  }

  next(): string | undefined {
    this.peek();
    return this.nextRaw();
  }

  /** The next character even if it is a blank, or one further on. */
  peekRaw(ahead = 0): string | undefined {
    return this.chars[this.position + ahead];
  }

  nextRaw(): string | undefined {
    const char = this.peekRaw();
    if (char !== undefined) this.position++;
    return char;
  }

  /** Steps over the character if it comes next. */
  accept(char: string): boolean {
    if (this.peek() !== char) return false;
    this.position++;
    return true;
  }

  /** Steps over as many characters of this kind as come next, and returns them. */
  takeWhile(kind: RegExp): string {
    let taken = '';
    for (let char = this.peek(); char !== undefined && kind.test(char); char = this.peek())
      taken += this.nextRaw() ?? '';
    return taken;
  }

  private skip(): void {
    for (let char = this.peekRaw(); char !== undefined; char = this.peekRaw()) {
      if (BLANK.test(char)) this.position++;
      else if (char === '#') this.skipComment();
      else return;
    }
  }

  /** The terminator stays: `\n` and `\r` are blanks, the others count as characters of the pattern. */
  private skipComment(): void {
    const end = this.unixLines ? /\n/ : LINE_TERMINATOR;
    for (let char = this.peekRaw(); char !== undefined && !end.test(char); char = this.peekRaw()) this.position++;
  }
}
