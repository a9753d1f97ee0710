import { type JsonValue, stringifyJson } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault, quoted } from '../expression-fault.js';
import { measure } from '../values/measure.js';
import { asData, type Value, Transient } from '../values/value.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { type Methods, methods, takes } from './method.js';
import { isTrueWord, parseDouble, parseInt32 } from './parse-text.js';

/** What `#doNotEval` gives: data that `#toJson` may write although it holds expressions. */
export class NotEvaluated extends Transient {
  readonly what = 'the result of #doNotEval';

  constructor(readonly data: JsonValue) {
    super();
  }
}

/** The functions called as `#name(…)`. All others are orca's own: an expression with one of those stays for orca. */
export const HELPERS: Methods<null> = methods<null>({
  toJson: takes(1, (_self, args, run) => toJson(args.value(0), run.budget)),
  doNotEval: takes(1, (_self, args) => new NotEvaluated(args.data(0))),
  toInt: takes(1, (_self, args) => parseInt32(args.text(0))),
  toFloat: takes(1, (_self, args) => parseDouble(args.text(0))),
  toBoolean: takes(1, (_self, args) => isTrueWord(args)),
  toBase64: takes(1, (_self, args, run) => encodeBase64(args.text(0), run.budget)),
  fromBase64: takes(1, (_self, args, run) => decodeBase64(args.text(0), run.budget)),
  alphanumerical: takes(1, (_self, args) => args.text(0).replaceAll(/[^A-Za-z0-9]/g, '')),
});

/** An expression inside the JSON would be evaluated by whoever reads it next, so only `#doNotEval` lets it through. */
function toJson(value: Value, budget: Budget): string {
  const data = value instanceof NotEvaluated ? value.data : asData(value);
  measure(data, budget);
  const json = stringifyJson(data);
  if (!(value instanceof NotEvaluated) && json.includes('${')) {
    throw new ExpressionFault(`#toJson does not write expressions: ${quoted(json)}`);
  }
  return json;
}
