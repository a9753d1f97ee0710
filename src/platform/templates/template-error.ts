import { EchoError } from '../errors/index.js';

/** A template that cannot be read or rendered. The message names the template and, where it is known, the line. */
export class TemplateError extends EchoError {
  constructor(name: string, reason: string, cause?: unknown) {
    super(`Template ${name}: ${reason}`, { code: 'template', status: 422, level: 'warn', cause });
  }
}
