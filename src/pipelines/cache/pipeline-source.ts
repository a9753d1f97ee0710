import type { JsonValue } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';

/** Where pipelines come from: front50, or a folder of files. All values are raw: as stored, nothing checked. */
export abstract class PipelineSource {
  /** How the source is called in logs and health, e.g. `front50 at http://…`. */
  abstract readonly title: string;

  /** Whether `load` leaves pipelines out, so that one it does not know may exist all the same. */
  abstract partial(): boolean;

  /** Milliseconds from the end of one load to the start of the next. */
  abstract intervalMs(): number;

  /** All pipelines. Throws when they cannot be had; then what was loaded before stays. */
  abstract load(): Promise<readonly JsonValue[]>;

  /** The latest state of one pipeline; `undefined` when there is none. */
  abstract byId(id: string, identity: Identity): Promise<JsonValue | undefined>;

  abstract byName(application: string, name: string, identity: Identity): Promise<JsonValue | undefined>;
}
