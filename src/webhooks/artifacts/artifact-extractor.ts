import type { Artifact } from '../../artifacts/index.js';
import { extensionPoint } from '../../platform/extension/index.js';
import type { Webhook } from '../sources/webhook-source.js';

/**
 * Finds what a webhook says was made. Add the decorator and put the class among the `providers` of any module. All
 * extractors that take a webhook are asked, in the order of their names, unless the body lists artifacts itself.
 *
 * A `CoercionError` means that the webhook was not understood: its sender is told so, with 200.
 */
export interface ArtifactExtractor {
  /** Whether it knows what is posted to `/webhooks/{type}/{source}`. */
  handles(type: string, source: string): boolean;
  extract(webhook: Webhook): readonly Artifact[];
}

export interface ArtifactExtractorOptions {
  /** Names the extractor in messages; unique. */
  readonly name: string;
}

export const artifactExtractors = extensionPoint<ArtifactExtractor, ArtifactExtractorOptions>(
  'echo:artifact-extractor',
  'artifact extractor',
  ['handles', 'extract'],
);

/** Makes a provider an artifact extractor. */
export const ExtractsArtifacts = artifactExtractors.decorator;
