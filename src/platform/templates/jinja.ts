import nunjucks from 'nunjucks';
import { messageOf } from '../errors/index.js';
import { type JsonValue, isJsonList, javaText } from '../json/index.js';
import { renderBounded } from './bounded.js';
import { DoTag } from './do-tag.js';
import { FILTERS } from './jinja-filters.js';
import { callMethod, memberOfValue } from './jinja-members.js';
import { isData, isTrue } from './jinja-truth.js';
import { fromJinjava } from './jinjava-dialect.js';
import './jinjava-syntax.js';
import { TemplateError } from './template-error.js';
import { templateValues } from './template-values.js';
import { TEMPLATE_LIMITS, type Template } from './template.js';

interface Runtime {
  memberLookup: (value: unknown, name: unknown) => unknown;
  contextOrFrameLookup: (context: { lookup(name: string): unknown }, frame: Frame, name: string) => unknown;
  suppressValue: (value: unknown, autoescape: boolean) => unknown;
  callMethod?: typeof callMethod;
  isTrue?: typeof isTrue;
  either?: (left: unknown, right: () => unknown) => unknown;
  both?: (left: unknown, right: () => unknown) => boolean;
}
interface Frame {
  lookup(name: string): unknown;
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
const MAX_RANGE = 100_000;

/** Rendered code reaches every value through these three: here is where prototypes are shut off. */
const runtime = nunjucks.runtime as unknown as Runtime;
const findVariable = runtime.contextOrFrameLookup;
runtime.memberLookup = memberOfValue;
runtime.callMethod = callMethod;
runtime.contextOrFrameLookup = (context, frame, name) =>
  INHERITED.has(name) ? undefined : findVariable(context, frame, name);

runtime.isTrue = isTrue;
runtime.either = (left, right) => (isTrue(left) ? left : right());
runtime.both = (left, right) => isTrue(left) && isTrue(right());

/** Lists and objects look as they do in the original. */
const shown = (value: unknown): unknown => (isJsonList(value) || isData(value) ? javaText(value as JsonValue) : value);

/** What is written passes here. */
const written = runtime.suppressValue;
runtime.suppressValue = (value, autoescape) => written(shown(value), autoescape);

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
  for (const [filter, apply] of Object.entries(FILTERS)) environment.addFilter(filter, apply as never);
  environment.addFilter('string', (value: unknown) => String(shown(value)));
  environment.addExtension('do', new DoTag());
  environment.addGlobal('range', range);
  environment.addGlobal('True', true);
  environment.addGlobal('False', false);
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
