import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { OrcaClient } from '../../clients/index.js';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type JsonObject, stringifyJson, withoutNulls } from '../../platform/json/index.js';
import { type Identity, NOBODY, withRequestId } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { pipelinesConfig } from '../pipelines.config.js';
import { Gate } from '../start/gate.js';

interface Plan {
  readonly content: string;
  readonly planned: JsonObject;
  readonly plannedAt: number;
}

/** Only these are planned on load; pipelines of older templates are planned when they start (core.md §1.4). */
export const needsPlan = (raw: JsonObject): boolean => raw['type'] === 'templatedPipeline' && raw['schema'] === 'v2';

/**
 * Fills in pipelines that are made from templates by having orca plan them. A plan is kept as long as the pipeline does
 * not change, up to `pipelineCache.planMaxAgeMs` (the template may have); when planning fails the last good one stays.
 */
@Injectable()
export class Hydration {
  private readonly log = new Logger('PipelineCache');
  private readonly gate: Gate;
  private plans = new Map<string, Plan>();

  constructor(
    private readonly orca: OrcaClient,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.gate = new Gate(settings.get(pipelinesConfig.parallelism));
  }

  /**
   * The pipeline as it runs: planned where it is a template, else as given. Throws when no plan can be had.
   *
   * @param caller who wants its latest state: no former plan will do, as the template may have changed
   */
  async hydrate(raw: JsonObject, caller?: Identity): Promise<JsonObject> {
    if (!needsPlan(raw)) return raw;
    const body = stringifyJson(withoutNulls(raw));
    const content = createHash('sha256').update(body).digest('base64');
    const key = String(raw['id'] ?? content);
    const known = this.plans.get(key);
    const maxAge = caller ? 0 : this.settings.get(pipelinesConfig.planMaxAgeMs);
    if (known?.content === content && this.clock.now() - known.plannedAt < maxAge) return known.planned;
    try {
      const planned = await this.gate.pass(() => this.orca.planTemplate(body, withRequestId(caller ?? NOBODY)));
      this.plans.set(key, { content, planned, plannedAt: this.clock.now() });
      return planned;
    } catch (error) {
      if (!known) throw error;
      this.log.warn(`Could not plan template pipeline ${key}, its last good plan stays: ${messageOf(error)}`);
      return known.planned;
    }
  }

  /** Forgets the plans of pipelines that are gone. */
  keepOnly(ids: ReadonlySet<string>): void {
    this.plans = new Map([...this.plans].filter(([id]) => ids.has(id)));
  }
}
