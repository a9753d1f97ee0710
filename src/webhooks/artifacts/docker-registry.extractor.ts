import type { Artifact } from '../../artifacts/index.js';
import type { Payload } from '../sources/payload.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';
import { taggedImage } from './image.js';

const MANIFESTS = ['v1', 'v2'].map((version) => `application/vnd.docker.distribution.manifest.${version}+json`);

/** A Docker registry of one's own: images whose manifests were pushed (edges.md §4.1). */
@ExtractsArtifacts({ name: 'dockerregistry' })
export class DockerRegistryExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'dockerregistry';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    return payload.requiredList('events').flatMap(imageOf);
  }
}

function imageOf(event: Payload): readonly Artifact[] {
  if (event.requiredText('action') !== 'push') return [];
  if (!MANIFESTS.includes(event.requiredText('target.mediaType'))) return [];
  const repository = event.text('target.repository');
  const version = { tag: event.text('target.tag'), digest: event.text('target.digest') };
  if (repository === undefined || (version.tag ?? version.digest) === undefined) return [];
  const host = event.text('request.host');
  return [taggedImage(host === undefined ? repository : `${host}/${repository}`, version)];
}
