import type { Artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';
import { taggedImage } from './image.js';

const PUSHES = ['PUSH_ARTIFACT', 'harbor.artifact.pushed'];

/** Harbor: images that were pushed, in its own format or in that of CloudEvents. */
@ExtractsArtifacts({ name: 'harbor' })
export class HarborExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'harbor';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    if (!PUSHES.includes(payload.text('type') ?? '')) return [];
    const data = payload.inside('event_data') ?? payload.requiredInside('data');
    return data.requiredList('resources').map((resource) => {
      const digest = resource.text('digest');
      const address = resource.requiredText('resource_url');
      const { name, tag } = parted(address);
      return taggedImage(name, { tag, digest }, { metadata: digest === undefined ? {} : { digest } });
    });
  }
}

/** `host:port/project/name:tag` or `…@digest`. */
function parted(address: string): { name: string; tag: string | undefined } {
  const [path = ''] = address.split('@');
  const colon = path.indexOf(':', path.lastIndexOf('/'));
  if (colon < 0 || path !== address) return { name: path, tag: undefined };
  return { name: path.slice(0, colon), tag: path.slice(colon + 1) };
}
