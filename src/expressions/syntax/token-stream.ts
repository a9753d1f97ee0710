import { ExpressionFault, quoted } from '../expression-fault.js';
import { LIMITS } from '../limits.js';
import type { Token, TokenKind } from './tokenize.js';

const END: Token = { kind: 'end', text: 'the end' };

/** A cursor over tokens. */
export class TokenStream {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.at] ?? END;
  }

  /** Takes the next token if it is of that kind. */
  take(kind: TokenKind): Token | undefined {
    const token = this.next;
    if (token.kind !== kind) return undefined;
    this.at++;
    return token;
  }

  /** Takes the sign if it comes next, and says whether it did. */
  skip(symbol: string): boolean {
    const found = this.next.kind === 'symbol' && this.next.text === symbol;
    if (found) this.at++;
    return found;
  }

  /** Takes the word if it comes next, in whatever case, and says whether it did. */
  skipWord(word: string): boolean {
    const found = this.next.kind === 'name' && this.next.text.toLowerCase() === word;
    if (found) this.at++;
    return found;
  }

  expect(symbol: string): void {
    if (!this.skip(symbol)) this.fail(`'${symbol}'`);
  }

  expectName(): string {
    return this.take('name')?.text ?? this.fail('a name');
  }

  fail(expected: string): never {
    const { kind, text } = this.next;
    throw new ExpressionFault(`expected ${expected}, found ${kind === 'end' ? text : quoted(text)}`);
  }

  /** Reads something that may contain itself. */
  nested<T>(read: () => T): T {
    if (++this.depth > LIMITS.nesting) throw new ExpressionFault(`it is nested over ${LIMITS.nesting} deep`);
    const result = read();
    this.depth--;
    return result;
  }
}
