import type { EchoEvent } from '../../events/index.js';
import { CoercionError, type JsonObject, type JsonValue, read } from '../../platform/json/index.js';

/** What somebody wants to start. */
export interface Wanted {
  readonly application: string;
  readonly nameOrId: string;
  /** As the caller sent it. */
  readonly trigger: JsonValue | undefined;
}

function required(content: JsonObject, member: string): string {
  const value = read.member(content, member, read.text);
  if (value) return value;
  throw new CoercionError(`content.${member}`, 'a text', 'nothing');
}

/** Reads a manual event. Throws `CoercionError` when it does not say which pipeline is meant. */
export function wantedFrom({ content }: EchoEvent): Wanted {
  if (!content) throw new CoercionError('content', 'the pipeline to start', 'nothing');
  return {
    application: required(content, 'application'),
    nameOrId: required(content, 'pipelineNameOrId'),
    trigger: content['trigger'] ?? undefined,
  };
}
