import { PathSyntaxError } from './fault.js';
import { FilterParser } from './filter-parser.js';
import { parseLenientJson } from './lenient-json.js';
import type { PathPatterns } from './operand.js';
import { type Parameter, type Path, type Step, functionOfScan, pathOf } from './path.js';
import { indexOfClosing, skipBlanks, unescapeText } from './text.js';

const MAX_LENGTH = 10_000;
const MAX_NESTING = 50;
const MAX_INDEX = 2 ** 31 - 1;

/**
 * Reads a path that a person wrote. Without a leading `$` or `@` it is taken as a member of the document: `a.b` is
 * `$.a.b`.
 *
 * @param nesting how many filters and functions the text stands in
 * @throws PathSyntaxError
 */
export function parsePath(text: string, patterns: PathPatterns, nesting = 0): Path {
  if (text.length > MAX_LENGTH) throw new PathSyntaxError(`it is longer than ${MAX_LENGTH} characters`);
  const whole = (/^[$@]/.test(text) ? text : `$.${text}`).replace(/ +$/, '');
  if (whole.endsWith('.')) throw new PathSyntaxError('it ends with a dot');
  return new PathParser(whole, patterns, nesting).parse();
}

/**
 * Follows json-path 2.9 to the letter, oddities included: a single character after a closed bracket is not looked at,
 * and `()` leaves its closing parenthesis to the next step.
 */
class PathParser {
  private readonly steps: Step[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly patterns: PathPatterns,
    private readonly nesting: number,
  ) {
    if (nesting > MAX_NESTING) {
      throw new PathSyntaxError(`more than ${MAX_NESTING} filters and functions inside each other`);
    }
  }

  parse(): Path {
    this.at = /^\s*/.exec(this.text)?.[0].length ?? 0;
    const start = this.text[this.at];
    if (start !== '$' && start !== '@') this.fail('$ or @');
    if (!this.isTail()) {
      this.at++;
      if (this.text[this.at] !== '.' && this.text[this.at] !== '[') this.fail('. or [');
      do this.step();
      while (!this.isTail());
    }
    return functionOfScan(pathOf(start, this.steps));
  }

  private isTail(): boolean {
    return this.at >= this.text.length - 1;
  }

  private step(): void {
    if (this.text[this.at] === '.') this.dot();
    const next = this.text[this.at];
    if (next === '[') this.bracket();
    else if (next === '*') this.every(this.at + 1);
    else if (next === undefined || next === '.' || next === ' ') this.fail('a name');
    else this.nameOrFunction();
  }

  private dot(): void {
    const scans = this.text[this.at + 1] === '.';
    if (scans) this.steps.push({ kind: 'scan' });
    this.at += scans ? 2 : 1;
  }

  private every(end: number): void {
    this.steps.push({ kind: 'every' });
    this.at = end;
  }

  private nameOrFunction(): void {
    const [name = ''] = /[^.[( ]*/y.exec(this.text.slice(this.at)) ?? [];
    const end = this.at + name.length;
    if (this.text[end] === ' ') this.fail('brackets and quotes around a name with blanks', end);
    this.at = end;
    if (this.text[end] === '(') this.function(name);
    else this.steps.push({ kind: 'member', names: [name] });
  }

  private function(name: string): void {
    const end = indexOfClosing(this.text, this.at, { quotes: false, patterns: false });
    if (end < 0) this.fail('a closing parenthesis');
    const inside = this.text.slice(this.at + 1, end);
    this.steps.push({ kind: 'function', name, parameters: inside === '' ? [] : this.parameters(inside) });
    this.at = inside === '' ? end : end + 1;
  }

  private parameters(text: string): readonly Parameter[] {
    return splitParameters(text).flatMap((part): Parameter[] => {
      const start = part.search(/[{\d"\-$@]/);
      if (start < 0) return [];
      const parameter = part.slice(start);
      if (!/^[$@]/.test(parameter)) return [{ kind: 'value', value: parseLenientJson(parameter) }];
      return [{ kind: 'path', path: new PathParser(parameter, this.patterns, this.nesting + 1).parse() }];
    });
  }

  private bracket(): void {
    const first = skipBlanks(this.text, this.at + 1);
    const next = this.text[first] ?? '';
    if (next === "'" || next === '"') this.quotedNames(next);
    else if (next === '*') this.every(this.closing(first) + 1);
    else if (next === '?') this.filter(first);
    else this.indexes(this.text.indexOf(']', this.at));
  }

  private closing(from: number): number {
    const at = skipBlanks(this.text, from + 1);
    if (this.text[at] !== ']') this.fail('a closing ]', at);
    return at;
  }

  private quotedNames(quote: string): void {
    const rest = this.text.slice(this.at + 1);
    const name = `${quote}((?:[^\\\\${quote}]|\\\\.)*)${quote}`;
    const [all, list = ''] = new RegExp(`^( *${name} *(?:, *${name} *)*)\\]`, 's').exec(rest) ?? [];
    if (all === undefined) this.fail('names in quotes, separated by commas, and ]');
    const names = [...list.matchAll(new RegExp(name, 'gs'))].map((match) => unescapeText(match[1] ?? ''));
    this.steps.push({ kind: 'member', names });
    this.at += 1 + all.length;
  }

  private indexes(end: number): void {
    const expression = this.text.slice(this.at + 1, end).trim();
    if (end < 0 || !/^[\d:-][\d,: -]*$/.test(expression)) this.fail('a name in quotes, an index, * or a filter');
    this.steps.push(expression.includes(':') ? this.slice(expression) : this.union(expression));
    this.at = end + 1;
  }

  private union(expression: string): Step {
    return { kind: 'index', indexes: expression.split(/\s*,\s*/).map((index) => this.integer(index)) };
  }

  private slice(expression: string): Step {
    const [from, to] = expression.split(':').map((bound) => (bound === '' ? undefined : this.integer(bound)));
    if (from === undefined && to === undefined) this.fail('a bound on one side of the colon at least');
    return { kind: 'slice', from, to };
  }

  private integer(text: string): number {
    const number = /^-?\d+$/.test(text) ? Number(text) : NaN;
    if (!(Math.abs(number) <= MAX_INDEX)) this.fail('whole numbers');
    return number;
  }

  private filter(questionMark: number): void {
    const open = skipBlanks(this.text, questionMark + 1);
    if (this.text[open] !== '(') this.fail('a condition in parentheses', open);
    const close = indexOfClosing(this.text, open, { quotes: true, patterns: true });
    if (close < 0) this.fail('a closing parenthesis', open);
    const end = this.closing(close);
    const readPath = (text: string): Path => parsePath(text, this.patterns, this.nesting + 1);
    const parser = new FilterParser(this.text.slice(open, close + 1), this.patterns, readPath);
    this.steps.push({ kind: 'filter', condition: parser.parse() });
    this.at = end + 1;
  }

  private fail(expected: string, at = this.at): never {
    throw new PathSyntaxError(`expected ${expected} at position ${at + 1} of '${this.text}'`);
  }
}

/**
 * Splits at the commas outside of quotes and brackets. Done as json-path does it: a comma inside of quotes gets lost,
 * an escaped quote opens quotes that never end, and a function with parameters of its own is cut at its end.
 */
function splitParameters(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let parentheses = 0;
  let brackets = 0;
  let quotes = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const previous = text.charAt(at - 1);
    if (character === '"') quotes += quotes > 0 && previous !== '\\' ? -1 : 1;
    if (character === '(') parentheses++;
    if ('[{'.includes(character)) brackets++;
    if (']}'.includes(character)) brackets--;
    if (character === ')') {
      parentheses--;
      if (previous === '(') part += character;
    }
    const isOutside = brackets === 0 && parentheses === 0;
    if (isOutside && quotes === 0 && (character === ',' || character === ')')) {
      parts.push(part);
      part = '';
    } else if (!(isOutside && character === ',')) part += character;
  }
  return quotes === 0 ? [...parts, part] : parts;
}
