export { handlebarsTemplate } from './handlebars.js';
export { jinjaTemplate } from './jinja.js';
export { TemplateError } from './template-error.js';
export { TEMPLATE_LIMITS, UNLIMITED, type Template, type TemplateLimits } from './template.js';
