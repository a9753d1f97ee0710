import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonList, isJsonObject, parseJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { type Template, jinjaTemplate } from '../../../platform/templates/index.js';
import { microsoftTeamsConfig } from './microsoft-teams.config.js';

export type CardName = 'pipeline-notification' | 'event-notification';

/** A text as it may stand between the quotes of a JSON text. */
const insideQuotes = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Templates paste values into JSON between quotes: no value may end these (newer.md §5.2). */
function quotable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return insideQuotes(value);
  if (isJsonList(value)) return value.map(quotable);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, quotable(member)]));
}

/** Cards that an operator wrote in Jinja. Whatever is wrong with one is reported, and the built-in card is sent. */
@Injectable()
export class CardTemplates {
  private readonly log = new Logger('Notifications');
  private readonly known = new Map<CardName, Template | undefined>();

  constructor(private readonly settings: Settings) {}

  render(name: CardName, values: JsonObject): JsonObject | undefined {
    const template = this.template(name);
    if (!template) return undefined;
    try {
      const card = parseJson(template.render(quotable(values) as JsonObject));
      if (isJsonObject(card)) return card;
      throw new Error('it makes no JSON object');
    } catch (error) {
      return this.report(name, error);
    }
  }

  private template(name: CardName): Template | undefined {
    if (!this.known.has(name)) this.known.set(name, this.read(name));
    return this.known.get(name);
  }

  private read(name: CardName): Template | undefined {
    const folder = this.settings.get(microsoftTeamsConfig.templatePath);
    const file = folder && path.join(folder, `${name}.jinja`);
    if (!file || !existsSync(file)) return undefined;
    try {
      return jinjaTemplate(name, readFileSync(file, 'utf8'));
    } catch (error) {
      return this.report(name, error);
    }
  }

  private report(name: CardName, error: unknown): undefined {
    this.log.error(`The card ${name} in microsoftteams.templatePath is not used: ${messageOf(error)}`);
  }
}
