import { type Artifact, artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';

/** Quay: every tag of an image that was updated (edges.md §4.1). */
@ExtractsArtifacts({ name: 'quay' })
export class QuayExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'quay';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    if (payload.text('repository') === undefined) return [];
    const name = payload.text('docker_url');
    const provenance = payload.text('homepage');
    return payload
      .requiredTexts('updated_tags')
      .map((version) =>
        artifact({ type: 'docker/image', name, version, reference: `${name ?? null}:${version}`, provenance }),
      );
  }
}
