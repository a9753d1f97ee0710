import { ExactNumber, type JsonValue, isJsonList, isJsonObject, javaText } from '../json/index.js';
import type { CompiledPattern, PatternCompiler } from '../regex/index.js';

/** Compiles the patterns of `=~`. */
export type PathPatterns = Pick<PatternCompiler, 'compile'>;

/** A list or object written into a filter. Unlike one from the document it equals nothing when it stands on the left. */
export class JsonLiteral {
  constructor(readonly value: JsonValue) {}
}

/** A pattern written into a filter. */
export class PatternLiteral {
  constructor(readonly pattern: CompiledPattern) {}
}

/** What operators compare: a value of the document or of the filter; undefined for what is not there. */
export type Operand = JsonValue | JsonLiteral | PatternLiteral | undefined;

export type OperandKind = 'number' | 'text' | 'flag' | 'null' | 'json' | 'pattern' | 'nothing';

export function kindOf(operand: Operand): OperandKind {
  if (operand === undefined) return 'nothing';
  if (operand === null) return 'null';
  if (typeof operand === 'string') return 'text';
  if (typeof operand === 'boolean') return 'flag';
  if (isNumber(operand)) return 'number';
  return operand instanceof PatternLiteral ? 'pattern' : 'json';
}

export function isNumber(operand: Operand): operand is number | ExactNumber {
  return typeof operand === 'number' || operand instanceof ExactNumber;
}

/** The list or object an operand is, wherever it comes from. */
export function jsonOf(operand: Operand): JsonValue | undefined {
  if (operand instanceof JsonLiteral) return operand.value;
  if (operand instanceof PatternLiteral) return undefined;
  return isJsonList(operand) || isJsonObject(operand) ? operand : undefined;
}

/** The items of an operand that is a list. */
export function itemsOf(operand: Operand): readonly JsonValue[] | undefined {
  const json = jsonOf(operand);
  return isJsonList(json) ? json : undefined;
}

/** Numbers of a document are compared as the doubles Java reads them as; a literal keeps its digits. */
export function numberOperand(value: ExactNumber): ExactNumber {
  return value.isInteger ? value : new ExactNumber(javaText(value));
}
