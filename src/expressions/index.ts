export { evaluateDeep } from './evaluate-deep.js';
export type { DeepOptions, DeepOutcome, Kept } from './evaluate-deep.js';
export { evaluateTemplate } from './evaluate-template.js';
export type { TemplateOutcome } from './evaluate-template.js';
export type { EvaluationOptions } from './evaluation-options.js';
