import { Script, createContext } from 'node:vm';
import { messageOf } from '../errors/index.js';
import { TemplateError } from './template-error.js';
import type { TemplateLimits } from './template.js';

const SCRIPT = new Script('render()');

/** Renders within the limits. Only `node:vm` can interrupt a loop that has no end. */
export function renderBounded(name: string, limits: TemplateLimits, render: () => string): string {
  const text = renderInTime(name, limits, render);
  if (text.length <= limits.outputLength) return text;
  throw new TemplateError(name, `writes more than ${String(limits.outputLength)} characters`);
}

function renderInTime(name: string, limits: TemplateLimits, render: () => string): string {
  try {
    if (limits.timeMs === Number.POSITIVE_INFINITY) return render();
    return String(SCRIPT.runInContext(createContext({ render }), { timeout: limits.timeMs }));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TemplateError(name, `takes longer than ${String(limits.timeMs)} ms`, error);
    throw new TemplateError(name, messageOf(error), error);
  }
}
