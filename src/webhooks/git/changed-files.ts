import { type Artifact, artifact } from '../../artifacts/index.js';
import type { Payload } from '../sources/payload.js';

/** What a commit may list; removed files are nothing that a pipeline could read. */
const LISTS = ['added', 'modified'];

/**
 * The files that the commits of a push added or changed, each once. A member that is missing lists none; one that is
 * null is not how the hosts write, and throws a `CoercionError`.
 */
export function changedFiles(payload: Payload): readonly string[] {
  const files = given(payload, 'commits', () => payload.requiredList('commits')).flatMap((commit) =>
    LISTS.flatMap((list) => given(commit, list, () => commit.requiredTexts(list))),
  );
  return [...new Set(files)];
}

const given = <T>(payload: Payload, member: string, items: () => readonly T[]): readonly T[] =>
  payload.has(member) ? items() : [];

/** A changed file as an artifact of the commit that the push ends with. */
export function fileArtifact(type: string, name: string, payload: Payload, reference: string): Artifact {
  return artifact({ type, name, version: payload.text('after'), reference });
}
