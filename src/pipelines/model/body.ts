import { type JsonValue, stringifyJson, withoutNulls } from '../../platform/json/index.js';
import type { Pipeline, Trigger } from './pipeline.js';

function withoutSecret({ secret: _secret, ...trigger }: Trigger): Trigger {
  return trigger;
}

/**
 * The body that orca gets: no null member at any depth (orca fails on them), and no trigger's secret
 * (decisions.md 29).
 */
export function startBody(pipeline: Pipeline): string {
  const shown: Pipeline = {
    ...pipeline,
    ...(pipeline.triggers && { triggers: pipeline.triggers.map(withoutSecret) }),
    ...(pipeline.trigger && { trigger: withoutSecret(pipeline.trigger) }),
  };
  return stringifyJson(withoutNulls(shown as unknown as JsonValue));
}
