import { ExactNumber } from '../json/index.js';
import type { Condition, Term } from './condition.js';
import { parseDecimal } from './decimals.js';
import { PathSyntaxError } from './fault.js';
import { parseLenientJson } from './lenient-json.js';
import { JsonLiteral, type Operand, type PathPatterns, PatternLiteral } from './operand.js';
import { type OperatorName, operatorNamed } from './operators.js';
import type { Path } from './path.js';
import { indexOfClosing, indexOfUnescaped, skipBlanks, unescapeText } from './text.js';

const MAX_NESTING = 100;
const OPERATOR_CHARACTER = /[<>=~!]/;
const QUOTES = { quotes: true, patterns: false };

/** Reads the condition of a filter: what stands between `[?` and `]`, parentheses included. */
export class FilterParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly patterns: PathPatterns,
    private readonly readPath: (text: string) => Path,
  ) {}

  parse(): Condition {
    const condition = this.any();
    if (this.next() !== undefined) this.fail('the end of the filter');
    return condition;
  }

  private any(): Condition {
    const conditions = [this.all()];
    while (this.skip('||')) conditions.push(this.all());
    const [only, ...others] = conditions;
    return only !== undefined && others.length === 0 ? only : { kind: 'any', conditions };
  }

  private all(): Condition {
    const conditions = [this.operand()];
    while (this.skip('&&')) conditions.push(this.operand());
    const [only, ...others] = conditions;
    return only !== undefined && others.length === 0 ? only : { kind: 'all', conditions };
  }

  private operand(): Condition {
    if (++this.depth > MAX_NESTING) this.fail('fewer conditions inside each other');
    const condition = this.negation() ?? this.group() ?? this.comparison();
    this.depth--;
    return condition;
  }

  /** `!` before a path belongs to the path: it asks that the path does not exist. */
  private negation(): Condition | undefined {
    if (this.next() !== '!' || this.isPathStart(skipBlanks(this.text, this.at + 1))) return undefined;
    this.at++;
    return { kind: 'not', condition: this.operand() };
  }

  private group(): Condition | undefined {
    if (!this.skip('(')) return undefined;
    const condition = this.any();
    if (!this.skip(')')) this.fail('a closing parenthesis');
    return condition;
  }

  private comparison(): Condition {
    const left = this.term();
    const operator = this.operator();
    if (operator !== undefined) return { kind: 'compare', left, operator, right: this.term() };
    if (left.kind !== 'path') this.fail('an operator');
    return { kind: 'exists', path: left.path, wanted: left.wanted };
  }

  private operator(): OperatorName | undefined {
    const symbolic = OPERATOR_CHARACTER.test(this.next() ?? '');
    const [text = ''] = (symbolic ? /^[<>=~!]+/ : /^[^ ]*/).exec(this.text.slice(this.at)) ?? [];
    const operator = operatorNamed(text);
    if (operator !== undefined) this.at += text.length;
    return operator;
  }

  private term(): Term {
    const wanted = this.next() !== '!';
    if (!wanted) this.at++;
    this.next();
    if (this.isPathStart(this.at)) return { kind: 'path', path: this.path(), wanted };
    if (!wanted) this.fail('$ or @');
    return { kind: 'literal', value: this.literal() };
  }

  private literal(): Operand {
    switch (this.text[this.at]) {
      case "'":
      case '"':
        return this.quoted();
      case '{':
      case '[':
        return new JsonLiteral(parseLenientJson(this.take(indexOfClosing(this.text, this.at, QUOTES) + 1)));
      case '/':
        return this.pattern();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private quoted(): string {
    const text = this.take(indexOfUnescaped(this.text, this.text.charAt(this.at), this.at) + 1);
    return unescapeText(text.slice(1, -1));
  }

  private pattern(): PatternLiteral {
    const source = this.take(indexOfUnescaped(this.text, '/', this.at) + 1).slice(1, -1);
    const [flags = ''] = /^[dixmsuU]*/.exec(this.text.slice(this.at)) ?? [];
    this.at += flags.length;
    const compiled = this.patterns.compile(flags === '' ? source : `(?${flags})${source}`);
    if (compiled.kind === 'compiled') return new PatternLiteral(compiled.pattern);
    throw new PathSyntaxError(`invalid pattern /${source}/${flags}: ${compiled.reason}`);
  }

  private word(word: string, value: boolean | null): boolean | null {
    if (!this.skip(word)) this.fail(word);
    return value;
  }

  private number(): Operand {
    const [token = ''] = /^[\d.Ee-]*/.exec(this.text.slice(this.at)) ?? [];
    const number = parseDecimal(token);
    if (number === undefined) this.fail('a value');
    this.at += token.length;
    return String(number) === token ? number : new ExactNumber(token);
  }

  /**
   * A path ends at a blank, an operator or a closing parenthesis that does not close a function. Only the first of
   * several brackets in a row is passed over as a whole: so json-path does it.
   */
  private path(): Path {
    const begin = this.at;
    let end = begin + 1;
    for (; end < this.text.length; end++) {
      if (this.text[end] === '[') {
        end = indexOfClosing(this.text, end, QUOTES) + 1;
        if (end === 0) this.fail('a closing ]');
      }
      if (this.endsPath(begin, end)) break;
    }
    this.at = end;
    return this.readPath(this.text.slice(begin, end));
  }

  private endsPath(begin: number, at: number): boolean {
    const character = this.text[at] ?? ' ';
    if (character === ')') {
      const before = this.text.slice(begin + 1, at).trimEnd();
      return !(before.endsWith('(') && before.includes('.'));
    }
    return character === ' ' || OPERATOR_CHARACTER.test(character);
  }

  private isPathStart(at: number): boolean {
    return this.text[at] === '$' || this.text[at] === '@';
  }

  /** What stands from here up to `end`; -1 + 1 tells that no end was found. */
  private take(end: number): string {
    if (end === 0) this.fail('the end of what begins here');
    const text = this.text.slice(this.at, end);
    this.at = end;
    return text;
  }

  private next(): string | undefined {
    this.at = skipBlanks(this.text, this.at);
    return this.text[this.at];
  }

  private skip(word: string): boolean {
    this.next();
    const found = this.text.startsWith(word, this.at);
    if (found) this.at += word.length;
    return found;
  }

  private fail(expected: string): never {
    throw new PathSyntaxError(`expected ${expected} at position ${this.at + 1} of the filter '${this.text}'`);
  }
}
