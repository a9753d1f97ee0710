import { type Artifact, artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';

/** Docker Hub: the image that was pushed (edges.md §4.1). What is missing is written as `null`, as the original does. */
@ExtractsArtifacts({ name: 'dockerhub' })
export class DockerHubExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'dockerhub';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    const repository = payload.inside('repository');
    const push = payload.inside('push_data');
    if (!repository || !push) return [];
    const name = `index.docker.io/${repository.text('repo_name') ?? null}`;
    const version = push.text('tag');
    return [
      artifact({
        type: 'docker/image',
        name,
        version,
        reference: `${name}:${version ?? null}`,
        provenance: payload.text('callback_url'),
        metadata: { pusher: push.text('pusher') ?? '' },
      }),
    ];
  }
}
