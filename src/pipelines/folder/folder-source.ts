import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import { type JsonValue, isJsonObject } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { PipelineSource } from '../cache/pipeline-source.js';
import { pipelinesConfig } from '../pipelines.config.js';
import { isPipelineFile, pipelinesInFile } from './pipeline-files.js';

/**
 * Pipelines from a folder of JSON or YAML files, for installations without front50. Sub-folders count. Files are read
 * anew at each load, so an edit is seen within `pipelines.folderPollMs`. A file that cannot be parsed keeps the
 * pipelines it last had, and is named once in the log until it changes.
 */
@Injectable()
export class FolderSource extends PipelineSource {
  readonly title: string;
  private readonly log = new Logger(FolderSource.name);
  private readonly folder: string;
  private good = new Map<string, readonly JsonValue[]>();
  private faults = new Map<string, string>();

  constructor(private readonly settings: Settings) {
    super();
    this.folder = path.resolve(settings.get(pipelinesConfig.folder) ?? '.');
    this.title = `the folder ${this.folder}`;
  }

  partial(): boolean {
    return false;
  }

  intervalMs(): number {
    return this.settings.get(pipelinesConfig.folderPollMs);
  }

  async load(): Promise<readonly JsonValue[]> {
    const files = await this.files();
    const read = await Promise.all(files.map(async (file) => [file, await this.read(file)] as const));
    this.good = new Map(read);
    return read.flatMap(([, pipelines]) => pipelines);
  }

  async byId(id: string): Promise<JsonValue | undefined> {
    return this.find((pipeline) => pipeline['id'] === id);
  }

  async byName(application: string, name: string): Promise<JsonValue | undefined> {
    return this.find((pipeline) => pipeline['application'] === application && pipeline['name'] === name);
  }

  private async find(wanted: (pipeline: Record<string, JsonValue>) => boolean): Promise<JsonValue | undefined> {
    const pipelines = await this.load();
    return pipelines.find((pipeline) => isJsonObject(pipeline) && wanted(pipeline));
  }

  private async files(): Promise<string[]> {
    try {
      const names = await readdir(this.folder, { recursive: true });
      return names.filter(isPipelineFile).sort();
    } catch (error) {
      throw new EchoError(`pipelines.folder: ${this.folder} cannot be read: ${messageOf(error)}`, {
        code: 'pipelines-folder',
      });
    }
  }

  private async read(file: string): Promise<readonly JsonValue[]> {
    try {
      const pipelines = pipelinesInFile(file, await readFile(path.join(this.folder, file), 'utf8'));
      this.faults.delete(file);
      return pipelines;
    } catch (error) {
      const fault = messageOf(error);
      const kept = this.good.get(file) ?? [];
      if (this.faults.get(file) !== fault) {
        this.log.warn(`${file} cannot be used, ${kept.length} pipelines from before stay: ${fault}`);
      }
      this.faults.set(file, fault);
      return kept;
    }
  }
}
