import { Injectable } from '@nestjs/common';
import { type Artifact, readArtifact } from '../../artifacts/index.js';
import { type BuildRef, IgorClient } from '../../clients/index.js';
import { type JsonObject, read } from '../../platform/json/index.js';
import type { Inquiry } from '../inquiry.js';

/** What igor knows of builds; each question is asked once per event and user. Rejects as `IgorClient` does. */
@Injectable()
export class IgorBuilds {
  constructor(private readonly igor: IgorClient) {}

  /** Whether there is an igor to ask. */
  get enabled(): boolean {
    return this.igor.enabled;
  }

  status(build: BuildRef, inquiry: Inquiry): Promise<JsonObject> {
    return inquiry.once(['igor: status', build], (identity) => this.igor.buildStatus(build, identity));
  }

  properties(build: BuildRef, propertyFile: string | undefined, inquiry: Inquiry): Promise<JsonObject> {
    return inquiry.once(['igor: properties', build, propertyFile], (identity) =>
      this.igor.properties(build, propertyFile, identity),
    );
  }

  /** Those that the property file names. */
  artifacts(build: BuildRef, propertyFile: string | undefined, inquiry: Inquiry): Promise<readonly Artifact[]> {
    return inquiry.once(['igor: artifacts', build, propertyFile], async (identity) =>
      (await this.igor.artifacts(build, propertyFile, identity)).map(readArtifact),
    );
  }
}

/** The artifacts that a build archived. Throws `CoercionError` where they are none. */
export const archivedIn = (buildInfo: JsonObject | undefined): readonly Artifact[] =>
  (buildInfo && read.member(buildInfo, 'artifacts', read.listOf(readArtifact))) ?? [];
