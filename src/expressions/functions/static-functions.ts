import { DATE_TYPES } from '../dates/date-types.js';
import { ExpressionFault } from '../expression-fault.js';
import type { Run } from '../run.js';
import { toText } from '../values/convert.js';
import { joinTexts } from '../values/text.js';
import { isList, type Value } from '../values/value.js';
import type { Arguments } from './arguments.js';
import { type Method, type Methods, methods, takes } from './method.js';
import { isTrueWord, parseDouble, parseInt32, parseInt64 } from './parse-text.js';

const textOf = (value: Value, run: Run): string => (value === null ? 'null' : toText(value, run.budget));

const asText: Method<null> = takes(1, (_self, args, run) => textOf(args.value(0), run));

const asDouble: Method<null> = takes(1, (_self, args) => parseDouble(args.text(0)));

const asBoolean: Method<null> = takes(1, (_self, args) => isTrueWord(args));

function wholeNumber(parse: (text: string) => Value, parseName: string): Methods<null> {
  return methods<null>({
    [parseName]: takes(1, (_self, args) => parse(args.text(0))),
    valueOf: takes(1, (_self, args) => parse(args.text(0))),
    toString: takes(1, (_self, args) => String(args.integer(0))),
    max: takes(2, (_self, args) => Math.max(args.integer(0), args.integer(1))),
    min: takes(2, (_self, args) => Math.min(args.integer(0), args.integer(1))),
  });
}

/** `join(separator, list)` or `join(separator, a, b, …)`. */
function join(args: Arguments, run: Run): string {
  const first = args.value(1);
  const rest = Array.from({ length: args.count - 1 }, (_, at) => args.value(at + 1));
  const parts = args.count === 2 && isList(first) ? first : rest;
  return joinTexts(
    parts.map((part) => textOf(part, run)),
    args.text(0),
    run.budget,
  );
}

const JAVA_LANG: Readonly<Record<string, Methods<null>>> = {
  String: methods<null>({
    valueOf: asText,
    join: takes(2, 20, (_self, args, run) => join(args, run)),
  }),
  Integer: wholeNumber(parseInt32, 'parseInt'),
  Long: wholeNumber(parseInt64, 'parseLong'),
  Double: methods<null>({
    parseDouble: asDouble,
    valueOf: asDouble,
    toString: asText,
  }),
  Boolean: methods<null>({ parseBoolean: asBoolean, valueOf: asBoolean, toString: asText }),
};

const URL_ENCODER = methods<null>({
  /** As in a form: a blank becomes `+`. Only UTF-8. */
  encode: takes(2, (_self, args, run) => {
    if (args.text(1).toUpperCase() !== 'UTF-8') throw new ExpressionFault('encode knows only UTF-8');
    run.budget.admitText(args.text(0).length * 9);
    return new URLSearchParams([['', args.text(0)]]).toString().slice(1);
  }),
});

/**
 * The functions called as `T(type).name(…)`: a closed list of our own that shares only the names with Java. Of the types
 * that the original allows, those that give text, numbers and dates; `java.lang.Math` stays for orca (core.md §4.4).
 */
export const STATIC_FUNCTIONS: ReadonlyMap<string, Methods<null>> = new Map([
  ...Object.entries(JAVA_LANG),
  ...Object.entries(JAVA_LANG).map(([name, table]) => [`java.lang.${name}`, table] as const),
  ['java.net.URLEncoder', URL_ENCODER] as const,
  ...DATE_TYPES,
]);
