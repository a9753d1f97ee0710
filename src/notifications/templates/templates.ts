import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { InvalidRequestError, messageOf } from '../../platform/errors/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { TEMPLATE_LIMITS, type Template, UNLIMITED, handlebarsTemplate } from '../../platform/templates/index.js';
import { notificationsConfig } from '../notifications.config.js';
import { type Medium, escapedFor } from './medium.js';

const BUILT_IN = import.meta.dirname;

interface Source {
  readonly template: Template;
  readonly text: string;
}

/** The templates under one name: the operator's, and the one that steps in for it. */
interface Candidates {
  readonly own: Source | undefined;
  readonly builtIn: Source | undefined;
}

const NAME = /^[\w-]+(?:\/[\w-]+)*$/;

/** A caller asked for a template that nobody has. */
export class UnknownTemplateError extends InvalidRequestError {
  constructor(name: string) {
    super(`There is no template '${name}'.`, 'unknown-template');
  }
}

/** Finds and renders templates; an operator's goes first, and where it is broken the built-in one steps in. */
@Injectable()
export class Templates {
  private readonly log = new Logger('Notifications');
  private readonly known = new Map<string, Candidates>();

  constructor(private readonly settings: Settings) {}

  has(name: string): boolean {
    const { own, builtIn } = this.candidates(name);
    return (own ?? builtIn) !== undefined;
  }

  /** Whether a template might use a value that is dear to make. */
  asksFor(name: string, value: string): boolean {
    return this.candidates(name).own?.text.includes(value) ?? false;
  }

  /**
   * @param values are escaped for the medium
   * @param markup stands as it is: it was made for the medium
   * @throws UnknownTemplateError, or TemplateError where the built-in one fails
   */
  render(name: string, medium: Medium, values: JsonObject, markup: JsonObject = {}): string {
    const { own, builtIn } = this.candidates(name);
    const all = { ...escapedFor(medium, values), ...markup };
    if (own && builtIn) {
      try {
        return own.template.render(all);
      } catch (error) {
        this.report(name, error);
      }
    }
    const template = builtIn ?? own;
    if (!template) throw new UnknownTemplateError(name);
    return template.template.render(all);
  }

  private candidates(name: string): Candidates {
    const known = this.known.get(name);
    if (known) return known;
    const folder = this.settings.get(notificationsConfig.templatePath);
    const found = {
      own: folder === undefined ? undefined : this.read(folder, name),
      builtIn: this.read(BUILT_IN, name),
    };
    // Names come from callers too: only those that exist are kept.
    if (found.own || found.builtIn) this.known.set(name, found);
    return found;
  }

  private read(folder: string, name: string): Source | undefined {
    const file = path.join(folder, `${name}.hbs`);
    if (!NAME.test(name) || !existsSync(file)) return undefined;
    try {
      const text = readFileSync(file, 'utf8');
      const limits = folder === BUILT_IN ? UNLIMITED : TEMPLATE_LIMITS;
      return { template: handlebarsTemplate(name, text, limits), text };
    } catch (error) {
      this.report(name, error);
      return undefined;
    }
  }

  private report(name: string, error: unknown): void {
    this.log.error(`The template ${name} in notifications.templatePath is not used: ${messageOf(error)}`);
  }
}
