import type { Artifact } from '../../artifacts/index.js';
import type { Webhook } from '../sources/webhook-source.js';
import { type ArtifactExtractor, ExtractsArtifacts } from './artifact-extractor.js';
import { taggedImage } from './image.js';

/** Amazon's registry: the image of an `ECR Image Action` that EventBridge sends on. */
@ExtractsArtifacts({ name: 'ecr' })
export class EcrExtractor implements ArtifactExtractor {
  handles(_type: string, source: string): boolean {
    return source === 'ecr';
  }

  extract({ payload }: Webhook): readonly Artifact[] {
    const detail = payload.inside('detail');
    if (detail?.text('action-type') !== 'PUSH' || detail.text('result') !== 'SUCCESS') return [];
    const region = payload.requiredText('region');
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const host = `${payload.requiredText('account')}.dkr.ecr.${region}.${domain}`;
    const digest = detail.requiredText('image-digest');
    const version = { tag: detail.text('image-tag') || undefined, digest };
    return [taggedImage(`${host}/${detail.requiredText('repository-name')}`, version, { metadata: { digest } })];
  }
}
