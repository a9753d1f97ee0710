import { type Artifact, artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';

/** Nexus: the component that a hook is about, by Maven's coordinates (edges.md §4.1). */
@ExtractsArtifacts({ name: 'nexus' })
export class NexusExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source.toLowerCase() === 'nexus';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    const component = payload.inside('component');
    if (!component) return [];
    const name = `${component.text('group') ?? null}:${component.text('name') ?? null}`;
    const version = component.text('version');
    const reference = `${name}:${version ?? null}`;
    const provenance = payload.text('repositoryName');
    return [artifact({ type: 'maven/file', name, version, reference, provenance })];
  }
}
