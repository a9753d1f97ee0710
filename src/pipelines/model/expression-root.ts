import { everyMember, everyMemberExpected } from '../../artifacts/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { PIPELINE_FIELDS, TRIGGER_FIELDS } from './fields.js';
import type { Pipeline, Trigger } from './pipeline.js';

const nullsOf = (fields: object): Record<string, null> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null]));

const LISTS = { triggers: null, trigger: null, receivedArtifacts: null, expectedArtifacts: null };
const PIPELINE_NULLS = { ...nullsOf(PIPELINE_FIELDS), ...LISTS };
const TRIGGER_NULLS = nullsOf(TRIGGER_FIELDS);

/** Without its secret, which never leaves (decisions.md 29). */
const shown = (trigger: Trigger): object => ({ ...TRIGGER_NULLS, ...trigger, secret: null });

/**
 * The pipeline as expressions see it: a member that is not set is null there, while a member that does not exist is a
 * fault that leaves the text as it is.
 */
export function expressionRoot(pipeline: Pipeline): JsonObject {
  const { trigger, triggers, receivedArtifacts, expectedArtifacts } = pipeline;
  return {
    ...PIPELINE_NULLS,
    ...pipeline,
    ...(trigger && { trigger: shown(trigger) }),
    ...(triggers && { triggers: triggers.map(shown) }),
    ...(receivedArtifacts && { receivedArtifacts: receivedArtifacts.map(everyMember) }),
    ...(expectedArtifacts && { expectedArtifacts: expectedArtifacts.map(everyMemberExpected) }),
  } as unknown as JsonObject;
}
