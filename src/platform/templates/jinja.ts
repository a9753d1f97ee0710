import nunjucks from 'nunjucks';
import { messageOf } from '../errors/index.js';
import { type JsonObject, isJsonList, javaText } from '../json/index.js';
import { renderBounded } from './bounded.js';
import { memberOfValue } from './jinja-members.js';
import { fromJinjava } from './jinjava-dialect.js';
import { TemplateError } from './template-error.js';
import { templateValues } from './template-values.js';
import { TEMPLATE_LIMITS, type Template } from './template.js';

interface Runtime {
  memberLookup: (value: unknown, name: unknown) => unknown;
  contextOrFrameLookup: (context: { lookup(name: string): unknown }, frame: Frame, name: string) => unknown;
  suppressValue: (value: unknown, autoescape: boolean) => unknown;
}
interface Frame {
  lookup(name: string): unknown;
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
const MAX_RANGE = 100_000;

/** Rendered code reaches every value through these two: here is where prototypes are shut off. */
const runtime = nunjucks.runtime as unknown as Runtime;
const findVariable = runtime.contextOrFrameLookup;
runtime.memberLookup = memberOfValue;
runtime.contextOrFrameLookup = (context, frame, name) =>
  INHERITED.has(name) ? undefined : findVariable(context, frame, name);

/** What is written passes here: lists and objects look as they do in the original. */
const written = runtime.suppressValue;
runtime.suppressValue = (value, autoescape) =>
  written(isJsonList(value) || isData(value) ? javaText(value) : value, autoescape);

/** Objects of the data inherit nothing; the engine's own, such as marked texts, do. */
function isData(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

/**
 * Reads a Jinja template as the original's Jinjava would: what is not defined is written as nothing, and values are
 * written as they are, not escaped. Templates cannot include others.
 *
 * @param name what errors call it
 * @throws TemplateError when it cannot be read; the message has the line
 */
export function jinjaTemplate(name: string, text: string, limits = TEMPLATE_LIMITS): Template {
  const template = parsed(name, text);
  return {
    render: (values) => renderBounded(name, limits, () => template.render(templateValues(values))),
  };
}

function parsed(name: string, text: string): nunjucks.Template {
  const environment = new nunjucks.Environment([], { autoescape: false });
  environment.addGlobal('range', range);
  try {
    return new nunjucks.Template(fromJinjava(text), environment, name, true);
  } catch (error) {
    throw new TemplateError(name, messageOf(error), error);
  }
}

function range(first: number, end?: number, step = 1): number[] {
  const [from, to] = end === undefined ? [0, first] : [first, end];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= MAX_RANGE)) throw new RangeError(`a range has at most ${String(MAX_RANGE)} numbers`);
  return Array.from({ length: count }, (_, index) => from + index * step);
}
