import type { Artifact, ExpectedArtifact } from '../../artifacts/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import type { FieldKind, PIPELINE_FIELDS, TRIGGER_FIELDS } from './fields.js';

interface ValueOf {
  text: string;
  flag: boolean;
  int: number;
  'optional-int': number;
  texts: readonly string[];
  object: JsonObject;
  objects: readonly (JsonObject | null)[];
  'text-map': Readonly<Record<string, string>>;
  'text-maps': readonly (Readonly<Record<string, string>> | null)[];
  any: JsonValue;
}

type AlwaysPresent = 'flag' | 'int';

/** The readonly type of an object that is read by a table of fields: flags and counts always there, the rest optional. */
type Fields<T extends Record<string, FieldKind>> = {
  readonly [K in keyof T as T[K] extends AlwaysPresent ? K : never]: ValueOf[T[K]];
} & {
  readonly [K in keyof T as T[K] extends AlwaysPresent ? never : K]?: ValueOf[T[K]];
};

/** A rule on a pipeline that says when it runs; also, filled in, the reason why a pipeline was started. */
export type Trigger = Fields<typeof TRIGGER_FIELDS>;

/** A pipeline as orca gets it (edges.md §8.2). Without `trigger` it is configuration, with it a start. */
export type Pipeline = Fields<typeof PIPELINE_FIELDS> & {
  readonly application: string;
  readonly name: string;
  readonly triggers?: readonly Trigger[];
  readonly receivedArtifacts?: readonly Artifact[];
  readonly expectedArtifacts?: readonly ExpectedArtifact[];
  readonly trigger?: Trigger;
};

/** How a pipeline is called in logs: application, name and id. */
export const titleOf = (pipeline: Pick<Pipeline, 'application' | 'name' | 'id'>): string =>
  `${pipeline.application}:${pipeline.name} (${pipeline.id ?? 'without id'})`;
