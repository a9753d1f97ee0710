/**
 * The closed interpreter of `${…}` expressions in expected artifacts: the part of Spring's expression language that reads
 * data and calculates. Properties, indexes, `?.`, literals, lists and maps, arithmetic, comparison, logic, `matches`,
 * ternary and elvis, selection and projection, and functions from the closed tables in `functions/` and `dates/`. There
 * is no assignment, no bean, no class and no object of the host. Whatever it does not know stays as text (decisions.md 19).
 */
export { evaluateDeep } from './evaluate-deep.js';
export type { DeepOptions, DeepOutcome, Kept } from './evaluate-deep.js';
export { evaluateTemplate } from './evaluate-template.js';
export type { TemplateOutcome } from './evaluate-template.js';
export type { EvaluationOptions } from './evaluation-options.js';
