import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../platform/errors/index.js';
import { type JsonValue, isJsonObject } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { Pipeline } from '../model/pipeline.js';
import { readPipeline } from '../model/read-pipeline.js';
import { Hydration } from './hydration.js';
import { PipelineNotes } from './pipeline-notes.js';
import { type SkippedPipeline, skipped } from './snapshot.js';

export type ReadOutcome =
  | { readonly kind: 'read'; readonly pipeline: Pipeline; readonly faults: readonly string[] }
  | { readonly kind: 'skipped'; readonly skipped: SkippedPipeline };

/** Thousands of pipelines are read without making events wait: so many, then others have their turn. */
const BATCH = 100;

/** One for all: there may be a hundred thousand pipelines. */
const NO_FAULTS: readonly string[] = [];

const skip = (raw: JsonValue, reason: string): ReadOutcome => ({ kind: 'skipped', skipped: skipped(raw, reason) });

/** Turns raw pipelines into ones that Echo works with; one that cannot be read is left out alone (decisions.md 6). */
@Injectable()
export class PipelineReader {
  private readonly log = new Logger('PipelineCache');
  private known = new Map<string, ReadOutcome>();

  constructor(
    private readonly hydration: Hydration,
    private readonly notes: PipelineNotes,
  ) {}

  /** Reads a whole load. Unchanged pipelines stay the same objects, so that what is built on them can stay as well. */
  async readAll(raws: readonly JsonValue[]): Promise<ReadOutcome[]> {
    const seen = new Map<string, ReadOutcome>();
    const outcomes: ReadOutcome[] = [];
    for (let start = 0; start < raws.length; start += BATCH) {
      const batch = await Promise.all(raws.slice(start, start + BATCH).map((raw) => this.read(raw)));
      batch.forEach((outcome, i) => {
        const raw = raws[start + i];
        const key = (isJsonObject(raw) && typeof raw['id'] === 'string' && raw['id']) || `#${start + i}`;
        const settled = this.settle(outcome, this.known.get(key));
        seen.set(key, settled);
        outcomes.push(settled);
      });
      await nextTurn();
    }
    this.known = seen;
    this.hydration.keepOnly(new Set(seen.keys()));
    return outcomes;
  }

  /** @param caller who wants the latest state of this one pipeline */
  async read(raw: JsonValue, caller?: Identity): Promise<ReadOutcome> {
    try {
      if (!isJsonObject(raw)) return skip(raw, 'expected a pipeline, a JSON object');
      const faults: string[] = [];
      const pipeline = readPipeline(await this.hydration.hydrate(raw, caller), faults);
      this.notes.note(pipeline, raw);
      return { kind: 'read', pipeline, faults: faults.length > 0 ? faults : NO_FAULTS };
    } catch (error) {
      return skip(raw, messageOf(error));
    }
  }

  /** Keeps the former outcome where nothing changed, and tells of faults only when they are new. */
  private settle(outcome: ReadOutcome, known: ReadOutcome | undefined): ReadOutcome {
    if (known && isDeepStrictEqual(outcome, known)) {
      if (outcome.kind === 'read' && known.kind === 'read') this.notes.renew(known.pipeline, outcome.pipeline);
      return known;
    }
    if (outcome.kind === 'skipped') this.warn(outcome.skipped, outcome.skipped.reason);
    else for (const fault of outcome.faults) this.warn(outcome.pipeline, `${fault} (this trigger is left out)`);
    return outcome;
  }

  private warn(of: Pick<Pipeline, 'application' | 'name'>, reason: string): void {
    this.log.warn(`Pipeline ${of.application}:${of.name}: ${reason}`);
  }
}
