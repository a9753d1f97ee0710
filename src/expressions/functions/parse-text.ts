import type { JsonValue } from '../../platform/json/index.js';
import { ExpressionFault, quoted } from '../expression-fault.js';
import { integer, real } from '../values/number.js';
import type { Arguments } from './arguments.js';

const INT_LIMIT = 2 ** 31;

/** A text as a Java `int`: digits, perhaps a sign, nothing else. */
export function parseInt32(text: string): JsonValue {
  const value = parseInt64(text);
  if (Number(value) >= INT_LIMIT || Number(value) < -INT_LIMIT) throw new ExpressionFault(`${quoted(text)} is no int`);
  return value;
}

/** A text as a Java `long`; beyond 2^53 it is refused. */
export function parseInt64(text: string): JsonValue {
  if (!/^[+-]?\d+$/.test(text)) throw new ExpressionFault(`${quoted(text)} is no whole number`);
  return integer(Number(text));
}

/** A text as a Java `double`. `#toFloat` uses it too: a float's lost digits are of no use to anybody. */
export function parseDouble(text: string): JsonValue {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?=[fFdD]?$)/.exec(text.trim())?.[0];
  if (number === undefined) throw new ExpressionFault(`${quoted(text)} is no number`);
  return real(Number(number));
}

/** Java's `Boolean.valueOf`: only the word `true`, in whatever case, is true. */
export function isTrueWord(args: Arguments): boolean {
  return args.value(0) !== null && args.text(0).toLowerCase() === 'true';
}
