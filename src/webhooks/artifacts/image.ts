import { type Artifact, artifact } from '../../artifacts/index.js';

/** How one version of an image is told. */
export interface ImageVersion {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/** An image by its tag, or by its digest where there is no tag. */
export function taggedImage(name: string, { tag, digest }: ImageVersion, more: Partial<Artifact> = {}): Artifact {
  const reference = tag === undefined ? `${name}@${digest ?? null}` : `${name}:${tag}`;
  return artifact({ type: 'docker/image', name, version: tag ?? digest, reference, ...more });
}
