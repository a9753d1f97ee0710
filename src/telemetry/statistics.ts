import { Injectable } from '@nestjs/common';
import { PipelineCache } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { newUlid } from '../platform/ids/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { Settings } from '../platform/settings/index.js';
import { executionData, hashed } from './execution-data.js';
import { telemetryConfig } from './telemetry.config.js';
import { wordOf } from './words.js';

/** Builds what is sent about one ended execution, in the shape that the receiver reads (edges.md §7). */
@Injectable()
export class Statistics {
  private readonly instanceId: string;

  constructor(
    private readonly settings: Settings,
    private readonly pipelines: PipelineCache,
    clock: Clock,
  ) {
    this.instanceId = settings.get(telemetryConfig.instanceId) || newUlid(clock.now());
  }

  of(application: string, content: JsonObject): JsonObject {
    const known = this.pipelines.snapshot()?.pipelines ?? [];
    const own = known.filter((pipeline) => pipeline.application === application);
    return {
      spinnakerInstance: this.instance(known.length),
      application: { id: hashed(application + this.instanceId), pipelineCount: own.length },
      execution: executionData(content),
    };
  }

  private instance(pipelineCount: number): JsonObject {
    const onKubernetes = Boolean(this.settings.get(telemetryConfig.kubernetes));
    return {
      id: hashed(this.instanceId),
      version: this.settings.get(telemetryConfig.spinnakerVersion),
      deploymentMethod: this.deploymentMethod(),
      environment: onKubernetes ? 'KUBERNETES' : 'ENVIRONMENT_UNKNOWN',
      deployedArtifacts: onKubernetes ? 'DOCKER_CONTAINERS' : 'DEPLOYED_ARTIFACTS_UNKNOWN',
      pipelineCount,
    };
  }

  private deploymentMethod(): JsonObject {
    const type = this.settings.get(telemetryConfig.deploymentType);
    const version = this.settings.get(telemetryConfig.deploymentVersion);
    if (!type || !version) return { type: 'NONE', version: '' };
    return { type: wordOf('deploymentMethod', type), version };
  }
}
