import { Inject, Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type JsonValue, read } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import {
  type Pipeline,
  PipelineCache,
  type Rejection,
  type Snapshot,
  type Trigger,
  readTrigger,
  rejected,
  subjectOf,
} from '../../pipelines/index.js';
import { type Match, type Matching, type Monitor, NO_MATCH } from '../match/match.js';
import { BuildLookUp } from './build-look-up.js';
import { type Wanted, wantedFrom } from './wanted.js';

/** Where a manual start finds its pipeline: the part of the pipeline cache that it needs. */
export type KnownPipelines = Pick<PipelineCache, 'partial' | 'find' | 'refresh'> & {
  snapshot(): Loaded | undefined;
  ready(): Promise<Loaded>;
};

type Loaded = Pick<Snapshot, 'pipelines'>;

/** The tag `monitor` of the original. */
const MONITOR = 'ManualEventHandler';

/** Starts the pipeline that somebody asked for by name or id (core.md §3.11). */
@Injectable()
export class ManualMonitor implements Monitor {
  readonly name = 'manual';

  constructor(
    @Inject(PipelineCache) private readonly cache: KnownPipelines,
    private readonly builds: BuildLookUp,
  ) {}

  accepts(eventType: string): boolean {
    return eventType.toLowerCase() === 'manual';
  }

  async match({ event, identity }: ReceivedEvent): Promise<Matching> {
    const wanted = wantedFrom(event);
    const { pipelines } = this.cache.snapshot() ?? (await this.cache.ready());
    const known = pipelines.filter((pipeline) => isWanted(pipeline, wanted));
    const found = known.length > 0 ? known : await this.lookUp(wanted, identity);
    if (found.length === 0) return { ...NO_MATCH, matches: [this.unknown(wanted)] };
    const enabled = found.filter((pipeline) => !pipeline.disabled);
    // What was looked up is as fresh as can be; what the cache had is refreshed before it starts.
    const latest = async (pipeline: Pipeline): Promise<Pipeline> =>
      known.length > 0 ? this.cache.refresh(pipeline, identity) : pipeline;
    return {
      ...NO_MATCH,
      matches: await Promise.all(enabled.map((pipeline) => this.build(pipeline, latest, wanted, identity))),
      rejections: found.filter((pipeline) => pipeline.disabled).map((pipeline) => this.refusal(pipeline)),
    };
  }

  private async build(
    known: Pipeline,
    latest: (pipeline: Pipeline) => Promise<Pipeline>,
    wanted: Wanted,
    identity: Identity,
  ): Promise<Match> {
    const fail = (error: string): Match => this.matchOf(known, error);
    try {
      const pipeline = await latest(known);
      if (wanted.trigger === undefined) return fail('The request to start it has no trigger.');
      const trigger = readTrigger(wanted.trigger);
      const built = await this.builds.complete(trigger, identity);
      const notifications = [...(pipeline.notifications ?? []), ...(trigger.notifications ?? [])];
      const start = { ...pipeline, notifications, trigger: built.trigger, receivedArtifacts: built.artifacts };
      return this.matchOf(start, built.faults.length > 0 ? built.faults.join('\n') : undefined);
    } catch (error) {
      return fail(messageOf(error));
    }
  }

  /** With the filter on the cache knows only a part of the pipelines, so the source is asked. */
  private async lookUp(wanted: Wanted, identity: Identity): Promise<Pipeline[]> {
    if (!this.cache.partial) return [];
    const pipeline = await this.cache.find(wanted.application, wanted.nameOrId, identity);
    return pipeline && isWanted(pipeline, wanted) ? [pipeline] : [];
  }

  /** Nobody watches the answer to a manual start, so orca shows the failure (decisions.md 12). */
  private unknown({ application, nameOrId, trigger }: Wanted): Match {
    const error = `There is no pipeline ${nameOrId} in application ${application}.`;
    const given = asTrigger(trigger);
    return this.matchOf({ ...EMPTY_PIPELINE, application, name: nameOrId, ...(given && { trigger: given }) }, error);
  }

  private refusal(pipeline: Pipeline): Rejection {
    return { ...subjectOf(this.name, pipeline, undefined), ...rejected('pipeline enabled', 'true', 'false') };
  }

  private matchOf(pipeline: Pipeline, error?: string): Match {
    return {
      subject: subjectOf(this.name, pipeline, pipeline.trigger),
      pipeline,
      tags: { monitor: MONITOR, application: pipeline.application },
      actAsCaller: true,
      ...(error !== undefined && { error }),
    };
  }
}

const EMPTY_PIPELINE = {
  parallel: false,
  disabled: false,
  limitConcurrent: false,
  maxConcurrentExecutions: 0,
  keepWaitingPipelines: false,
  plan: false,
  respectQuietPeriod: false,
};

const isWanted = ({ application, name, id }: Pipeline, wanted: Wanted): boolean =>
  application === wanted.application && (name === wanted.nameOrId || id === wanted.nameOrId);

/** The trigger with all that the caller sent, where it can be read: it is only shown beside the failure. */
function asTrigger(value: JsonValue | undefined): Trigger | undefined {
  try {
    const given = read.object(value);
    return given && { ...given, ...readTrigger(given) };
  } catch {
    return undefined;
  }
}
