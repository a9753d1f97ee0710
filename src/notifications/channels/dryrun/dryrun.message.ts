import { type Pipeline, readPipelineAsItIs, readTrigger, startBody } from '../../../pipelines/index.js';
import type { JsonObject, JsonValue } from '../../../platform/json/index.js';

/** Which pipeline is to run dry, and after which execution. */
export type DryrunMessage = {
  readonly application: string;
  readonly pipelineId: string;
  readonly execution: JsonObject;
};

/** The body for orca: the pipeline as a run of its own, which only says what it would do (notifications.md §5.10). */
export function dryrunBody(stored: JsonValue, execution: JsonObject, notifications: readonly JsonObject[]): string {
  const { id: _id, notifications: _own, ...pipeline } = readPipelineAsItIs(stored);
  const trigger = readTrigger({ type: 'dryrun', lastSuccessfulExecution: execution });
  const dry = {
    ...pipeline,
    name: `${pipeline.name} (dry run)`,
    trigger,
    ...(notifications.length > 0 && { notifications }),
  };
  return startBody(dry as Pipeline);
}
