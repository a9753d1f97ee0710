import Handlebars from 'handlebars';
import { messageOf } from '../errors/index.js';
import { renderBounded } from './bounded.js';
import { TemplateError } from './template-error.js';
import { templateValues } from './template-values.js';
import { TEMPLATE_LIMITS, type Template } from './template.js';

/**
 * Reads a Handlebars template. Values are written as they are, not escaped as HTML.
 *
 * @param name what errors call it
 * @throws TemplateError when it cannot be read; the message has the line
 */
export function handlebarsTemplate(name: string, text: string, limits = TEMPLATE_LIMITS): Template {
  const render = Handlebars.create().compile<unknown>(parsed(name, text), { noEscape: true });
  const options = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
  return {
    render: (values) => renderBounded(name, limits, () => render(templateValues(values), options)),
  };
}

function parsed(name: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    throw new TemplateError(name, messageOf(error), error);
  }
}
