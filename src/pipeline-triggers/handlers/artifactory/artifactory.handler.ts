import { HandlesTriggers } from '../../trigger-handler.js';
import { FoundArtifactHandler } from '../found-artifact.handler.js';

/** Starts pipelines on an artifact that a search in Artifactory found. */
@HandlesTriggers({ name: 'artifactory' })
export class ArtifactoryHandler extends FoundArtifactHandler {
  readonly monitor = 'ArtifactoryEventHandler';

  constructor() {
    super('artifactory', 'artifactorySearchName');
  }
}
