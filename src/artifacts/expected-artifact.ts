import { CoercionError, type JsonValue, describeValue, read } from '../platform/json/index.js';
import type { PatternCompiler } from '../platform/regex/index.js';
import { type Artifact, artifact, readArtifact } from './artifact.js';

/** What a pipeline wants to be brought, and what it takes instead (edges.md §8.5). */
export interface ExpectedArtifact {
  readonly matchArtifact: Artifact;
  readonly usePriorArtifact: boolean;
  readonly useDefaultArtifact: boolean;
  readonly defaultArtifact?: Artifact;
  readonly id: string;
  readonly boundArtifact?: Artifact;
}

const optionalArtifact = (value: JsonValue | undefined): Artifact | undefined =>
  read.object(value) && readArtifact(value);

/** Reads an expected artifact. Throws `CoercionError`. */
export function readExpectedArtifact(value: JsonValue | undefined): ExpectedArtifact {
  const raw = read.object(value);
  if (!raw) throw new CoercionError('', 'an expected artifact, an object', describeValue(value));
  const defaultArtifact = read.member(raw, 'defaultArtifact', optionalArtifact);
  const boundArtifact = read.member(raw, 'boundArtifact', optionalArtifact);
  return {
    matchArtifact: read.member(raw, 'matchArtifact', optionalArtifact) ?? artifact({}),
    usePriorArtifact: read.member(raw, 'usePriorArtifact', read.flag),
    useDefaultArtifact: read.member(raw, 'useDefaultArtifact', read.flag),
    ...(defaultArtifact && { defaultArtifact }),
    id: read.member(raw, 'id', read.text) ?? '',
    ...(boundArtifact && { boundArtifact }),
  };
}

const FIELDS = ['type', 'name', 'version', 'location', 'reference'] as const;

/** An embedded file and the same file fetched from elsewhere are of one kind. */
const INTERCHANGEABLE: ReadonlySet<string> = new Set(['embedded/base64', 'remote/base64']);

/** How one artifact compares with an expectation; `field` is the first that does not fit. */
export type ArtifactMatch =
  | { readonly kind: 'matched' }
  | { readonly kind: 'unmatched'; readonly field: string; readonly expected: string; readonly got: string };

function fits(field: string, wanted: string, given: string, patterns: PatternCompiler): boolean {
  if (wanted === given) return true;
  if (field === 'type' && INTERCHANGEABLE.has(wanted) && INTERCHANGEABLE.has(given)) return true;
  const compiled = patterns.compile(wanted);
  return compiled.kind === 'compiled' && compiled.pattern.matchesAll(given).kind === 'matched';
}

/**
 * Compares field by field: an empty expectation passes, a missing value fails, else the texts are equal or the
 * expectation is a pattern of the whole value (core.md §4.2; a missing type just does not match, decisions.md 9).
 */
export function matchArtifact(expected: ExpectedArtifact, given: Artifact, patterns: PatternCompiler): ArtifactMatch {
  for (const field of FIELDS) {
    const wanted = expected.matchArtifact[field];
    if (!wanted) continue;
    const got = given[field];
    if (got === undefined) return { kind: 'unmatched', field, expected: wanted, got: 'nothing' };
    if (!fits(field, wanted, got, patterns)) return { kind: 'unmatched', field, expected: wanted, got };
  }
  return { kind: 'matched' };
}

export type ArtifactConstraint =
  | { readonly kind: 'met' }
  | { readonly kind: 'unmet'; readonly expected: string; readonly got: string };

const nameOf = ({ type, reference, name }: Artifact): string => `${type ?? 'untyped'} ${reference ?? name ?? ''}`.trim();

/** At least one received artifact must match at least one of the trigger's expected ones (core.md §4.2). */
export function artifactConstraint(
  ids: readonly string[] | undefined,
  expected: readonly ExpectedArtifact[] | undefined,
  received: readonly Artifact[],
  patterns: PatternCompiler,
): ArtifactConstraint {
  if (!ids || ids.length === 0) return { kind: 'met' };
  const wanted = (expected ?? []).filter(({ id }) => ids.includes(id));
  const found = wanted.some((one) => received.some((given) => matchArtifact(one, given, patterns).kind === 'matched'));
  if (found) return { kind: 'met' };
  const missing = wanted.length === 0 ? `the pipeline has no expected artifact ${ids.join(', ')}` : '';
  return {
    kind: 'unmet',
    expected: missing || `an artifact like ${wanted.map(({ matchArtifact: like }) => nameOf(like)).join(' or ')}`,
    got: received.map(nameOf).join(', ') || 'none',
  };
}
