import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../platform/json/index.js';
import { type Template, handlebarsTemplate } from '../../platform/templates/index.js';
import { escapedView } from './html.js';

const PAGES = [
  { name: 'Now', href: '/console', template: 'now' },
  { name: 'Events', href: '/console/events', template: 'events' },
  { name: 'Decisions', href: '/console/decisions', template: 'decisions' },
  { name: 'Triggers', href: '/console/triggers', template: 'triggers' },
  { name: 'Starts', href: '/console/starts', template: 'starts' },
  { name: 'Effects', href: '/console/effects', template: 'effects' },
  { name: 'Notifications', href: '/console/notifications', template: 'notifications' },
  { name: 'Cron', href: '/console/cron', template: 'cron' },
] as const;

/** Pages that others lead to, each with the one that leads there. */
const BELOW = { event: 'events', trigger: 'triggers', error: '' } as const;

export type PageName = (typeof PAGES)[number]['template'] | keyof typeof BELOW;

const sectionOf = (name: PageName): string => (name in BELOW ? BELOW[name as keyof typeof BELOW] : name);

/** Makes whole pages out of views. */
@Injectable()
export class ConsoleRenderer {
  private readonly templates = new Map<string, Template>();

  page(name: PageName, view: JsonObject): string {
    const pages = PAGES.map((page) => ({ ...page, current: page.template === sectionOf(name) }));
    const title = pages.find(({ current }) => current)?.name ?? 'Error';
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
