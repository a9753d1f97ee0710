import { HandlesTriggers } from '../../trigger-handler.js';
import { FoundArtifactHandler } from '../found-artifact.handler.js';

/** Starts pipelines on an artifact that a search in Nexus found. */
@HandlesTriggers({ name: 'nexus' })
export class NexusHandler extends FoundArtifactHandler {
  readonly monitor = 'NexusEventHandler';

  constructor() {
    super('nexus', 'nexusSearchName');
  }
}
