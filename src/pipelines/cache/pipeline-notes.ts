import { Injectable } from '@nestjs/common';
import {
  type JsonObject,
  type JsonValue,
  isJsonList,
  isJsonObject,
  javaText,
  memberOf,
} from '../../platform/json/index.js';
import type { Pipeline } from '../model/pipeline.js';

interface Notes {
  readonly savedAt: number | undefined;
  readonly labels: readonly string[];
}

/** What front50 says of pipelines that is none of orca's business, and so no member of them. */
@Injectable()
export class PipelineNotes {
  private readonly known = new WeakMap<Pipeline, Notes>();

  /** @param raw the pipeline as front50 gives it */
  note(pipeline: Pipeline, raw: JsonObject): void {
    this.known.set(pipeline, { savedAt: timeOf(memberOf(raw, 'updateTs')), labels: labelsOf(memberOf(raw, 'tags')) });
  }

  /** A pipeline that was saved without a change for orca stays the same object: with its former time, and new labels. */
  renew(pipeline: Pipeline, saved: Pipeline): void {
    this.known.set(pipeline, { savedAt: this.savedAt(pipeline), labels: this.labels(saved) });
  }

  /** Since when it is as it is, at the latest; milliseconds since the epoch, `undefined` where nobody says. */
  savedAt(pipeline: Pipeline): number | undefined {
    return this.known.get(pipeline)?.savedAt;
  }

  /** Its tags in Spinnaker's user interface: `name:value`, or `name` alone. */
  labels(pipeline: Pipeline): readonly string[] {
    return this.known.get(pipeline)?.labels ?? [];
  }
}

function timeOf(value: JsonValue | undefined): number | undefined {
  const time = value === undefined || value === null || value === '' ? Number.NaN : Number(javaText(value));
  return Number.isFinite(time) ? time : undefined;
}

/** One for all: most pipelines have none. */
const NO_LABELS: readonly string[] = [];

function labelsOf(tags: JsonValue | undefined): readonly string[] {
  if (!isJsonList(tags)) return NO_LABELS;
  return tags.flatMap((tag) => {
    const [name, value] = isJsonObject(tag) ? [memberOf(tag, 'name'), memberOf(tag, 'value')] : [tag, undefined];
    if (typeof name !== 'string' || name === '') return [];
    return [typeof value === 'string' && value !== '' ? `${name}:${value}` : name];
  });
}
