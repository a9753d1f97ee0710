import { type JsonValue, isJsonObject } from '../../platform/json/index.js';
import type { Pipeline } from '../model/pipeline.js';

/** A pipeline that could not be read, and why. */
export interface SkippedPipeline {
  readonly application: string;
  readonly name: string;
  readonly id: string | null;
  readonly reason: string;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** A raw pipeline that is left out, as far as it says what it is. */
export function skipped(raw: JsonValue, reason: string): SkippedPipeline {
  const object = isJsonObject(raw) ? raw : {};
  const id = textOf(object['id']) || null;
  return { application: textOf(object['application']), name: textOf(object['name']), id, reason };
}

/** All pipelines as of one load; never changed, only replaced as a whole. */
export interface Snapshot {
  readonly pipelines: readonly Pipeline[];
  readonly skipped: readonly SkippedPipeline[];
  /** Milliseconds since the epoch. */
  readonly loadedAt: number;
}

const indexes = new WeakMap<Snapshot, ReadonlyMap<string, Pipeline>>();

/** The pipelines of a snapshot that have an id, by it; each snapshot is looked through once. */
export function pipelinesById(snapshot: Snapshot): ReadonlyMap<string, Pipeline> {
  const known = indexes.get(snapshot);
  if (known) return known;
  const index = new Map<string, Pipeline>();
  for (const pipeline of snapshot.pipelines) if (pipeline.id !== undefined) index.set(pipeline.id, pipeline);
  indexes.set(snapshot, index);
  return index;
}

/** What tells one pipeline from another: its id, or where it has none its application and name. */
export const identityKey = (pipeline: Pick<Pipeline, 'application' | 'name' | 'id'>): string =>
  pipeline.id ?? `${pipeline.application}\n${pipeline.name}`;

/** The snapshot with one pipeline as it is now, in its place, or as a new one at the end. */
export function withPipeline(snapshot: Snapshot, pipeline: Pipeline): Snapshot {
  const key = identityKey(pipeline);
  const at = snapshot.pipelines.findIndex((known) => identityKey(known) === key);
  const pipelines = at < 0 ? [...snapshot.pipelines, pipeline] : snapshot.pipelines.with(at, pipeline);
  return { ...snapshot, pipelines, skipped: snapshot.skipped.filter(({ id }) => id !== pipeline.id) };
}
