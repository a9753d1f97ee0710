import { CoercionError, describeValue, type JsonValue, read } from '../platform/json/index.js';
import { type Artifact, artifact, readArtifact } from './artifact.js';

/** What a pipeline wants to be started with. It is JSON as it stands, in the order in which orca gets it. */
export type ExpectedArtifact = {
  readonly matchArtifact: Artifact;
  readonly usePriorArtifact: boolean;
  readonly useDefaultArtifact: boolean;
  readonly defaultArtifact?: Artifact;
  readonly id: string;
  readonly boundArtifact?: Artifact;
};

const optionalArtifact = (value: JsonValue | undefined): Artifact | undefined =>
  value === null || value === undefined ? undefined : readArtifact(value);

/**
 * Takes a JSON object as an expected artifact; other members, such as `displayName`, are dropped.
 *
 * @throws CoercionError when it is no object, or a member has the wrong type
 */
export function readExpectedArtifact(value: JsonValue | undefined): ExpectedArtifact {
  const source = read.object(value);
  if (source === undefined) throw new CoercionError('', 'an expected artifact', describeValue(value));
  const defaultArtifact = read.member(source, 'defaultArtifact', optionalArtifact);
  const boundArtifact = read.member(source, 'boundArtifact', optionalArtifact);
  return {
    matchArtifact: read.member(source, 'matchArtifact', optionalArtifact) ?? artifact({}),
    usePriorArtifact: read.member(source, 'usePriorArtifact', read.flag),
    useDefaultArtifact: read.member(source, 'useDefaultArtifact', read.flag),
    ...(defaultArtifact && { defaultArtifact }),
    id: read.member(source, 'id', read.text) ?? '',
    ...(boundArtifact && { boundArtifact }),
  };
}
