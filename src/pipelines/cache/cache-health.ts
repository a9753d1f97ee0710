import { Clock } from '../../platform/clock/index.js';
import { ContributesHealth, type HealthContributor, type HealthPart } from '../../platform/health/index.js';
import { Settings } from '../../platform/settings/index.js';
import { pipelinesConfig } from '../pipelines.config.js';
import { PipelineCache } from './pipeline-cache.js';
import { PipelineSource } from './pipeline-source.js';

const SHOWN_SKIPPED = 20;

/**
 * DOWN until pipelines have been loaded once, then UP: with old pipelines Echo still serves, so staleness is shown but
 * takes nobody out of service (core.md §1.8).
 */
@ContributesHealth({ name: 'pipelines' })
export class CacheHealth implements HealthContributor {
  constructor(
    private readonly cache: PipelineCache,
    private readonly source: PipelineSource,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  health(): HealthPart {
    const snapshot = this.cache.snapshot();
    const from = this.source.title;
    if (!snapshot) return { status: 'DOWN', details: { from, reason: 'no pipelines have been loaded yet' } };
    const ageMs = this.clock.now() - snapshot.loadedAt;
    const details = {
      from,
      pipelines: snapshot.pipelines.length,
      loadedAt: new Date(snapshot.loadedAt).toISOString(),
      stale: ageMs > this.settings.get(pipelinesConfig.staleAfterMs),
      skipped: snapshot.skipped.slice(0, SHOWN_SKIPPED),
    };
    return { status: 'UP', details };
  }
}
