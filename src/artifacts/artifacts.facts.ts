import { fact } from '../events/index.js';
import type { Artifact } from './artifact.js';

/** What a message brought; never empty. */
export interface ArtifactsFound {
  readonly artifacts: readonly Artifact[];
}

export const artifactsFound = fact<ArtifactsFound>('artifacts.found', {
  description: 'Artifacts were read out of a message by a template.',
  publisher: 'webhooks, pubsub',
  subscribers: ['artifact-emitter'],
});
