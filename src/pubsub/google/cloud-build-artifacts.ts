import { Logger } from '@nestjs/common';
import { readArtifact } from '../../artifacts/index.js';
import type { IgorClient } from '../../clients/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import type { ArtifactSource } from '../pubsub-system.js';

/** The artifacts of a build as igor names them; none when it does not (edges.md §5.6). */
export const cloudBuildArtifacts = (igor: IgorClient, account: string): ArtifactSource => ({
  isTemplate: false,
  read: async (message) => {
    try {
      return (await igor.cloudBuildArtifacts(account, message, NOBODY)).map(readArtifact);
    } catch (error) {
      new Logger('Pubsub').warn(`Igor names no artifacts of a build of '${account}': ${messageOf(error)}`);
      return [];
    }
  },
});
