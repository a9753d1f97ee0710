import type { EchoEvent } from '../../events/index.js';
import { CoercionError, type JsonValue } from '../../platform/json/index.js';
import { Content } from '../content.js';

/** What somebody wants to start. */
export interface Wanted {
  readonly application: string;
  readonly nameOrId: string;
  /** As the caller sent it. */
  readonly trigger: JsonValue | undefined;
}

function required(content: Content, member: string): string {
  const value = content.text(member);
  if (value) return value;
  throw new CoercionError(`content.${member}`, 'a text', 'nothing');
}

/** Reads a manual event. Throws `CoercionError` when it does not say which pipeline is meant. */
export function wantedFrom({ content }: EchoEvent): Wanted {
  if (!content) throw new CoercionError('content', 'the pipeline to start', 'nothing');
  const members = new Content(content);
  return {
    application: required(members, 'application'),
    nameOrId: required(members, 'pipelineNameOrId'),
    trigger: content['trigger'] ?? undefined,
  };
}
