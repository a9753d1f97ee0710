import { Injectable } from '@nestjs/common';
import { Front50Client } from '../../clients/index.js';
import type { JsonValue } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { PipelineSource } from '../cache/pipeline-source.js';
import { pipelinesConfig } from '../pipelines.config.js';
import { TriggerTypes } from '../trigger-types.js';

/** Pipelines from front50 (core.md §1.3). */
@Injectable()
export class Front50Source extends PipelineSource {
  readonly title: string;

  constructor(
    private readonly front50: Front50Client,
    private readonly settings: Settings,
    private readonly types: TriggerTypes,
  ) {
    super();
    this.title = `front50 at ${front50.baseUrl}`;
  }

  partial(): boolean {
    return this.settings.get(pipelinesConfig.filterFront50Pipelines);
  }

  intervalMs(): number {
    return this.settings.get(pipelinesConfig.pollingIntervalMs);
  }

  load(): Promise<readonly JsonValue[]> {
    if (!this.partial()) return this.front50.pipelines();
    return this.front50.pipelines({ triggerTypes: this.types.all() });
  }

  byId(id: string, identity: Identity): Promise<JsonValue | undefined> {
    return this.front50.pipelineById(id, identity);
  }

  byName(application: string, name: string, identity: Identity): Promise<JsonValue | undefined> {
    return this.front50.pipelineByName(application, name, identity);
  }
}
