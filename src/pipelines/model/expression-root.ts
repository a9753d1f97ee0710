import type { JsonObject } from '../../platform/json/index.js';
import { PIPELINE_FIELDS, TRIGGER_FIELDS } from './fields.js';
import type { Pipeline } from './pipeline.js';

const nullsOf = (fields: object): Record<string, null> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null]));

const PIPELINE_NULLS = { ...nullsOf(PIPELINE_FIELDS), triggers: null, trigger: null, receivedArtifacts: null };
const TRIGGER_NULLS = nullsOf(TRIGGER_FIELDS);

/**
 * The pipeline as expressions see it: a member that is not set is null there, while a member that does not exist is a
 * fault that leaves the text as it is.
 */
export function expressionRoot(pipeline: Pipeline): JsonObject {
  const { trigger } = pipeline;
  return {
    ...PIPELINE_NULLS,
    ...pipeline,
    ...(trigger && { trigger: { ...TRIGGER_NULLS, ...trigger } }),
  } as unknown as JsonObject;
}
