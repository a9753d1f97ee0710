import { type Artifact, artifact } from '../../artifacts/index.js';
import { objectIn } from '../body.js';
import { Payload } from '../sources/payload.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';

/**
 * Google's registries: what they publish about an image, pushed by Pub/Sub in its envelope or unwrapped. By digest, as
 * the original reads it from subscriptions.
 */
@ExtractsArtifacts({ name: 'gar' })
export class GarExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'gar' || source === 'gcr';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    const message = unwrapped(payload);
    const reference = message.text('digest');
    if (message.text('action') !== 'INSERT' || reference === undefined) return [];
    const [name, version] = reference.split('@');
    const tag = message.text('tag');
    return [artifact({ type: 'docker/image', name, version, reference, metadata: tag === undefined ? {} : { tag } })];
  }
}

/** Pub/Sub puts a message into an envelope, in base64. */
function unwrapped(payload: Payload): Payload {
  const data = payload.inside('message')?.text('data');
  return data === undefined ? payload : new Payload(objectIn(Buffer.from(data, 'base64').toString('utf8')));
}
