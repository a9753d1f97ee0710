import type { Artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';
import { taggedImage } from './image.js';

const IMAGES = ['container', 'docker'];

/** GitHub's container registry: the image of a `package` or `registry_package` event. */
@ExtractsArtifacts({ name: 'ghcr' })
export class GhcrExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'ghcr';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    const made = payload.inside('registry_package') ?? payload.inside('package');
    const version = made?.inside('package_version');
    if (!made || !version || !IMAGES.includes((made.text('package_type') ?? '').toLowerCase())) return [];
    const name = `ghcr.io/${made.requiredText('owner.login')}/${made.requiredText('name')}`.toLowerCase();
    const tag = version.text('container_metadata.tag.name') || undefined;
    const digest = version.text('container_metadata.tag.digest') ?? version.requiredText('version');
    return [taggedImage(name, { tag, digest }, { metadata: { digest } })];
  }
}
