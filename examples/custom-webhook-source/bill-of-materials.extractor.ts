import { type Artifact, type ArtifactExtractor, ExtractsArtifacts, type Webhook, artifact } from 'echo';

/** Finds the images of a bill of materials. */
@ExtractsArtifacts({ name: 'bill-of-materials' })
export class BillOfMaterialsExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'sbom';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    return payload.requiredList('components').map((component) => {
      const [name, version] = [component.requiredText('name'), component.requiredText('version')];
      return artifact({ type: 'docker/image', name, version, reference: `${name}:${version}` });
    });
  }
}
