import type { JsonObject } from '../json/index.js';

/** A template that was read once and renders any number of times. */
export interface Template {
  /**
   * The values are data: nothing in them is ever read as a template.
   *
   * @throws TemplateError when it fails, takes too long or writes too much
   */
  render(values: JsonObject): string;
}

export interface TemplateLimits {
  /** Whole milliseconds that one rendering may take. */
  readonly timeMs: number;
  /** Characters that one rendering may write. */
  readonly outputLength: number;
}

/** For Echo's own templates: watching the time costs several times what they do. */
export const UNLIMITED: TemplateLimits = { timeMs: Number.POSITIVE_INFINITY, outputLength: Number.POSITIVE_INFINITY };

export const TEMPLATE_LIMITS: TemplateLimits = { timeMs: 1000, outputLength: 5_000_000 };
