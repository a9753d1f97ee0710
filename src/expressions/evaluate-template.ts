import type { JsonObject, JsonValue } from '../platform/json/index.js';
import type { EvaluationOptions } from './evaluation-options.js';
import { ExpressionFault, quoted } from './expression-fault.js';
import { interpret } from './interpret.js';
import { LIMITS } from './limits.js';
import { newRun, type Run } from './run.js';
import { parse } from './syntax/parse.js';
import { isTemplate, splitTemplate, type TemplatePart } from './template.js';
import { toText } from './values/convert.js';
import { measure } from './values/measure.js';
import { joinTexts } from './values/text.js';
import { asData, isList, isMap, type Value } from './values/value.js';

const UNITS_PER_PARSED_CHARACTER = 4;

/** What became of one text. */
export type TemplateOutcome =
  /** `unresolved` are the expressions of a mixed text that gave null and still stand in it. */
  | { readonly kind: 'value'; readonly value: JsonValue; readonly unresolved: readonly string[] }
  /** The text stays as it is; the reason is for people. */
  | { readonly kind: 'kept'; readonly reason: string };

/**
 * Evaluates a text that may hold `${…}` expressions, by the rules of core.md §4.4: a single expression gives its value
 * whatever its type, text around it makes everything one text. Never throws; what fails in any way stays as it is, for
 * orca to evaluate.
 *
 * @param root the object whose members bare names mean, the pipeline. Members that are null must be there: reading a
 *   missing one is a failure.
 */
export function evaluateTemplate(text: string, root: JsonObject, options: EvaluationOptions): TemplateOutcome {
  return evaluateWithin(text, newRun(root, options));
}

/** The same, on a budget that other texts share. */
export function evaluateWithin(text: string, run: Run): TemplateOutcome {
  if (!isTemplate(text)) return { kind: 'value', value: text, unresolved: [] };
  try {
    run.budget.spendCharacters(text.length);
    const parts = splitTemplate(text);
    const [first] = parts;
    return parts.length === 1 && first?.kind === 'expression' ? single(first.expression, run) : mixed(text, parts, run);
  } catch (error) {
    // Also what nobody foresaw: a broken expression must not stop the trigger (core.md §4.4).
    return {
      kind: 'kept',
      reason: error instanceof ExpressionFault ? error.message : `it failed with ${String(error)}`,
    };
  }
}

function single(expression: string, run: Run): TemplateOutcome {
  const value = asData(evaluate(expression, run));
  if (value === null) return { kind: 'kept', reason: nullReason([expression]) };
  if (isList(value) || isMap(value)) measure(value, run.budget);
  return { kind: 'value', value, unresolved: [] };
}

/** The reason of a text whose expressions gave null. */
export function nullReason(expressions: readonly string[]): string {
  return `${expressions.map(quoted).join(', ')} is null`;
}

function mixed(template: string, parts: readonly TemplatePart[], run: Run): TemplateOutcome {
  const unresolved: string[] = [];
  const pieces = parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const value = evaluate(part.expression, run);
    if (value !== null) return toText(value, run.budget);
    unresolved.push(part.expression);
    return `\${${part.expression}}`;
  });
  const value = joinTexts(pieces, '', run.budget);
  if (unresolved.length > 0 && value === template) return { kind: 'kept', reason: nullReason(unresolved) };
  return { kind: 'value', value, unresolved };
}

function evaluate(expression: string, run: Run): Value {
  const { maxLength = 0 } = run.options;
  const longest = maxLength > 0 ? maxLength : LIMITS.expressionLength;
  if (expression.length > longest) throw new ExpressionFault(`an expression has over ${longest} characters`);
  run.budget.spend(expression.length * UNITS_PER_PARSED_CHARACTER);
  return naming(expression, () => interpret(parse(expression), run));
}

function naming<T>(expression: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    throw new ExpressionFault(`${quoted(expression)}: ${error.message}`);
  }
}
