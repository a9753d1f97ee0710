import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../platform/json/index.js';
import { type Template, handlebarsTemplate } from '../platform/templates/index.js';
import { escapedView } from './html.js';

const PAGES = [
  { name: 'Now', href: '/console', template: 'overview' },
  { name: 'Decisions', href: '/console/decisions', template: 'decisions' },
  { name: 'Effects', href: '/console/effects', template: 'effects' },
  { name: 'Cron', href: '/console/cron', template: 'cron' },
] as const;

export type PageName = (typeof PAGES)[number]['template'];

/** Makes whole pages out of views. */
@Injectable()
export class ConsoleRenderer {
  private readonly templates = new Map<string, Template>();

  page(name: PageName, view: JsonObject): string {
    const pages = PAGES.map(({ name: title, href, template }) => ({ name: title, href, current: template === name }));
    const title = pages.find(({ current }) => current)?.name ?? '';
    const content = this.template(name).render(escapedView(view));
    // The content is markup already; all else in the layout is ours.
    return this.template('layout').render({ title, pages, content });
  }

  private template(name: string): Template {
    const known = this.templates.get(name);
    if (known) return known;
    const file = new URL(`templates/${name}.hbs`, import.meta.url);
    const template = handlebarsTemplate(name, readFileSync(file, 'utf8'));
    this.templates.set(name, template);
    return template;
  }
}
