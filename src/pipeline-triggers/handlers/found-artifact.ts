import type { Artifact } from '../../artifacts/index.js';
import type { EchoEvent } from '../../events/index.js';
import { Content } from '../content.js';
import type { Reading } from '../trigger-handler.js';

/** Something that one of igor's searches found in an artifact repository. */
export interface FoundArtifact {
  /** The search, as igor's configuration names it. */
  readonly search: string | undefined;
  readonly artifacts: readonly Artifact[];
}

export function readFoundArtifact({ content }: EchoEvent): Reading<FoundArtifact> {
  if (!content) return { kind: 'unusable', reason: 'content: missing' };
  const members = new Content(content);
  const artifact = members.artifact('artifact');
  return { kind: 'event', event: { search: members.text('name'), artifacts: artifact ? [artifact] : [] } };
}
