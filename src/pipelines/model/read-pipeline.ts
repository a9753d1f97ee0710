import { readArtifact, readExpectedArtifact } from '../../artifacts/index.js';
import {
  CoercionError,
  type JsonObject,
  type JsonValue,
  type Reader,
  describeValue,
  read,
} from '../../platform/json/index.js';
import { type FieldKind, PIPELINE_FIELDS, TRIGGER_FIELDS } from './fields.js';
import type { Pipeline, Trigger } from './pipeline.js';
import { triggerId } from './trigger-id.js';

const requiredObject: Reader<JsonObject> = (value) => {
  const object = read.object(value);
  if (object) return object;
  throw new CoercionError('', 'an object', describeValue(value));
};

const READERS: Record<FieldKind, Reader<unknown>> = {
  text: read.text,
  flag: read.flag,
  int: (value) => read.int(value) ?? 0,
  'optional-int': read.int,
  texts: read.listOf((item) => read.text(item) ?? null),
  object: read.object,
  objects: read.listOf((item) => read.object(item) ?? null),
  'text-map': read.texts,
  'text-maps': read.listOf((item) => read.texts(item) ?? null),
  any: (value) => value ?? undefined,
};

/** `schema` has a rule of its own. */
const { schema: _schema, ...OWN_FIELDS } = PIPELINE_FIELDS;

function readFields(raw: JsonObject, fields: Readonly<Record<string, FieldKind>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(fields)) {
    const value = read.member(raw, name, READERS[kind]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/**
 * Puts more members into an object that nobody else has yet, those that are there. Not a copy with more members: V8 gives
 * every such copy a hidden class of its own, which takes more memory than a trigger.
 */
function filledIn<T extends object>(draft: T, more: object): T {
  for (const [name, value] of Object.entries(more)) if (value !== undefined) Reflect.set(draft, name, value);
  return draft;
}

/**
 * Reads a trigger as people store it (edges.md §8.3): unknown members are dropped, near types are taken. Throws
 * `CoercionError`. Its id is the stored one, which is not yet the one that Echo uses.
 */
export const readTrigger = (value: JsonValue): Trigger =>
  readFields(requiredObject(value), TRIGGER_FIELDS) as unknown as Trigger;

/** `config` brings its own schema along: the later of the two members in the document wins (edges.md §8.2). */
function schemaOf(raw: JsonObject): string | undefined {
  const own = read.member(raw, 'schema', read.text);
  const config = read.member(raw, 'config', read.object);
  if (!config) return own;
  const names = Object.keys(raw);
  return names.indexOf('schema') > names.indexOf('config') ? own : read.member(config, 'schema', read.text);
}

const REQUIRED = ['application', 'name'] as const;

const missing = (name: string): CoercionError => new CoercionError(name, 'a text', 'nothing');

/** A trigger that cannot be read is left out alone; the others work (decisions.md 6). */
function readTriggers(raw: JsonObject, faults: string[]): Trigger[] | undefined {
  const triggers = read.member(raw, 'triggers', read.list)?.flatMap((value, i) => {
    try {
      return [readTrigger(value)];
    } catch (error) {
      if (!(error instanceof CoercionError)) throw error;
      faults.push(error.under(`triggers[${i}]`).message);
      return [];
    }
  });
  // There may be 100,000 such lists, and one that grew has room for sixteen more.
  return triggers && [...triggers];
}

/**
 * Reads a pipeline whose triggers keep the ids that they have: one that orca planned, or that nobody's event is held
 * against (edges.md §8.2). Throws `CoercionError` naming the member at fault.
 *
 * @param faults gets a line for each trigger that is left out
 */
export function readPipelineAsItIs(value: JsonValue, faults: string[] = []): Pipeline {
  const raw = requiredObject(value);
  for (const name of REQUIRED) if (read.member(raw, name, read.text) === undefined) throw missing(name);
  return filledIn(readFields(raw, OWN_FIELDS), {
    schema: schemaOf(raw),
    triggers: readTriggers(raw, faults),
    trigger: read.member(raw, 'trigger', (given) => (given ? readTrigger(given) : undefined)),
    receivedArtifacts: read.member(raw, 'receivedArtifacts', read.listOf(readArtifact)),
    expectedArtifacts: read.member(raw, 'expectedArtifacts', read.listOf(readExpectedArtifact)),
  }) as unknown as Pipeline;
}

/** Reads a pipeline as front50 stores it, like `readPipelineAsItIs`; its triggers have the ids that Echo gives them. */
export function readPipeline(value: JsonValue, faults: string[] = []): Pipeline {
  const pipeline = readPipelineAsItIs(value, faults);
  for (const trigger of pipeline.triggers ?? []) filledIn(trigger, { id: triggerId(trigger, pipeline) });
  return pipeline;
}
