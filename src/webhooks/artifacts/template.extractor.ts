import { readFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { type Artifact, artifactsFound, messageArtifacts } from '../../artifacts/index.js';
import { Bus } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { stringifyJson } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Template, handlebarsTemplate, jinjaTemplate } from '../../platform/templates/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { webhooksConfig } from '../webhooks.config.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';

interface Read {
  readonly text: string;
  /** An empty template: the message is the list. */
  readonly template: Template | undefined;
}

/**
 * What an operator's template makes of the webhooks of a source (edges.md §4.2). The file is looked at for every webhook,
 * so that it can be edited; a template that fails brings nothing, and says so in the log.
 */
@ExtractsArtifacts({ name: 'template' })
export class TemplateExtractor implements ArtifactExtractor {
  private readonly log = new Logger('Webhooks');
  private readonly templates = new Map<string, Read>();

  constructor(
    private readonly settings: Settings,
    private readonly bus: Bus,
  ) {}

  handles(_type: string, source: string): boolean {
    return this.pathFor(source) !== undefined;
  }

  extract({ source, payload }: Webhook): readonly Artifact[] {
    const path = this.pathFor(source);
    if (path === undefined) return [];
    const artifacts = this.render(path, stringifyJson(payload.members));
    if (artifacts.length > 0) this.bus.publish(artifactsFound, { artifacts });
    return artifacts;
  }

  private render(path: string, message: string): readonly Artifact[] {
    try {
      const found = messageArtifacts(message, this.templateAt(path));
      if (found.kind === 'artifacts') return found.artifacts;
      this.log.warn(`Template ${path} brings no artifacts: ${found.reason}`);
    } catch (error) {
      this.log.error(`Template ${path} cannot be used: ${messageOf(error)}`);
    }
    return [];
  }

  private templateAt(path: string): Template | undefined {
    const text = readFileSync(path, 'utf8');
    const known = this.templates.get(path);
    if (known?.text === text) return known.template;
    const parse = /\.(hbs|handlebars)$/i.test(path) ? handlebarsTemplate : jinjaTemplate;
    const template = text === '' ? undefined : parse(path, text);
    this.templates.set(path, { text, template });
    return template;
  }

  private pathFor(source: string): string | undefined {
    if (!this.settings.get(webhooksConfig.artifactsEnabled)) return undefined;
    return this.settings.get(webhooksConfig.artifactSources).find((entry) => entry.source === source)?.templatePath;
  }
}
