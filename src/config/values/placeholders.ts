import { EchoError } from '../../platform/errors/index.js';
import type { Environment } from '../environment.js';
import { pathOf, segmentsOf } from '../key.js';
import { variableNamed } from '../sources/variable-names.js';
import type { Merged } from './merged.js';

/** A placeholder that leads nowhere or in a circle. */
export class PlaceholderError extends EchoError {
  constructor(message: string) {
    super(message, { code: 'placeholder' });
  }
}

/** Names like `SLACK_TOKEN` mean variables only: `foo: ${FOO:bar}` is not a circle. */
const VARIABLE_ONLY = /^[A-Z0-9_]+$/;

const OPEN = '${';

/** Where the `}` stands that closes the `${` at `start`, or -1. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(OPEN, at)) depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** Splits `key:default` at the first colon that no inner placeholder covers. */
function split(body: string): { name: string; fallback: string | undefined } {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    if (body.startsWith(OPEN, at)) depth++;
    else if (body[at] === '}') depth--;
    else if (body[at] === ':' && depth === 0) return { name: body.slice(0, at), fallback: body.slice(at + 1) };
  }
  return { name: body, fallback: undefined };
}

/** Fills `${key:default}` from the environment and from all merged keys, whoever's they are, as often as it takes. */
export class Placeholders {
  constructor(
    private readonly merged: Merged,
    private readonly environment: Environment,
  ) {}

  /**
   * The text of the entry at `key` with every placeholder filled.
   * @throws PlaceholderError when a placeholder without default is set nowhere, or stands for itself
   */
  fill(text: string, key: string): string {
    return this.filled(text, [key]);
  }

  private filled(text: string, trail: readonly string[]): string {
    const start = text.indexOf(OPEN);
    const end = start < 0 ? -1 : closing(text, start);
    if (end < 0) return text;
    const value = this.valueOf(text.slice(start + OPEN.length, end), trail);
    return text.slice(0, start) + value + this.filled(text.slice(end + 1), trail);
  }

  private valueOf(body: string, trail: readonly string[]): string {
    const { name: written, fallback } = split(body);
    const name = this.filled(written, trail).trim();
    const found = this.lookUp(name);
    if (found !== undefined) return this.follow(found, name, trail);
    if (fallback !== undefined) return this.filled(fallback, trail);
    throw new PlaceholderError(`\${${name}} is set nowhere and has no default`);
  }

  private follow(text: string, name: string, trail: readonly string[]): string {
    const again = trail.some((key) => pathOf(segmentsOf(key)) === pathOf(segmentsOf(name)));
    if (again) throw new PlaceholderError(`its placeholders go round in a circle: ${[...trail, name].join(' → ')}`);
    return this.filled(text, [...trail, name]);
  }

  private lookUp(name: string): string | undefined {
    const variable = variableNamed(name, this.environment);
    if (variable !== undefined || VARIABLE_ONLY.test(name)) return variable;
    const leaf = this.merged.at(pathOf(segmentsOf(name)))?.leaf;
    return typeof leaf === 'string' ? leaf : undefined;
  }
}
