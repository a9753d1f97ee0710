import { createHash } from 'node:crypto';
import { type JsonObject, type JsonValue, isJsonList, isJsonObject, memberOf } from '../platform/json/index.js';
import { wordOf } from './words.js';

/** How names leave the house: as lower-case SHA-256. */
export const hashed = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const at = (value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined =>
  path.reduce((found, name) => (isJsonObject(found) ? memberOf(found, name) : undefined), value);

const textAt = (value: JsonValue | undefined, ...path: readonly string[]): string => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
};

/** What statistics say of an execution: kinds and outcomes, no names (edges.md §7). */
export function executionData(content: JsonObject): JsonObject {
  const execution = at(content, 'execution');
  const id = textAt(execution, 'id');
  const stages = at(execution, 'stages');
  return {
    id: id === '' ? '' : hashed(id),
    type: typeOf(execution),
    trigger: { type: wordOf('triggerType', textAt(execution, 'trigger', 'type')) },
    stages: isJsonList(stages) ? stages.flatMap(stagesOf) : [],
    status: wordOf('status', textAt(execution, 'status')),
  };
}

function typeOf(execution: JsonValue | undefined): string {
  const version = textAt(execution, 'source', 'version').toLowerCase();
  const templated = textAt(execution, 'source', 'type').toLowerCase() === 'templatedpipeline';
  if (templated && ['v1', 'v2'].includes(version)) return `MANAGED_PIPELINE_TEMPLATE_${version.toUpperCase()}`;
  return wordOf('executionType', textAt(execution, 'type'));
}

/** One for each cloud that the stage worked on; none for stages that other stages made. */
function stagesOf(stage: JsonValue): JsonObject[] {
  if (textAt(stage, 'syntheticStageOwner') !== '') return [];
  const kind = { type: textAt(stage, 'type'), status: wordOf('status', textAt(stage, 'status')) };
  const provider = textAt(stage, 'context', 'cloudProvider') || textAt(stage, 'context', 'newState', 'cloudProviders');
  if (provider === '') return [kind];
  const providers = at(stage, 'context', 'cloudProvider') === provider ? [provider] : provider.split(',');
  return providers.map((name) => ({ ...kind, cloudProvider: { id: wordOf('cloudProvider', name), variant: '' } }));
}
