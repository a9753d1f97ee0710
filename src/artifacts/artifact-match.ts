import type { PatternCompiler } from '../platform/regex/index.js';
import type { Artifact } from './artifact.js';
import type { ExpectedArtifact } from './expected-artifact.js';

/** The fields that are compared, in this order. Account, provenance, metadata and the rest do not count. */
const COMPARED = ['type', 'name', 'version', 'location', 'reference'] as const;

export type ComparedField = (typeof COMPARED)[number];

/** Two types that stand for the same content, once inline and once in a store. */
const BASE64: ReadonlySet<string> = new Set(['embedded/base64', 'remote/base64']);

/** How an artifact came out against one that is expected. */
export type ArtifactMatch =
  | { readonly kind: 'matched' }
  | {
      readonly kind: 'unmatched';
      readonly field: ComparedField;
      readonly expected: string;
      readonly got: string | undefined;
    }
  /** What is expected is a pattern that cannot be used. */
  | { readonly kind: 'invalid'; readonly field: ComparedField; readonly reason: string };

const MATCHED: ArtifactMatch = { kind: 'matched' };

/**
 * Whether an artifact is the one expected (core.md §4.2): every field that the expectation fills in is the same text,
 * or a pattern for the whole text. An artifact that lacks such a field does not match.
 */
export function matchArtifact(expected: ExpectedArtifact, got: Artifact, patterns: PatternCompiler): ArtifactMatch {
  for (const field of COMPARED) {
    const result = matchField(field, expected.matchArtifact[field] ?? '', got[field], patterns);
    if (result.kind !== 'matched') return result;
  }
  return MATCHED;
}

function matchField(
  field: ComparedField,
  expected: string,
  got: string | undefined,
  patterns: PatternCompiler,
): ArtifactMatch {
  if (expected === '' || expected === got) return MATCHED;
  const unmatched: ArtifactMatch = { kind: 'unmatched', field, expected, got };
  if (got === undefined) return unmatched;
  if (field === 'type' && BASE64.has(expected) && BASE64.has(got)) return MATCHED;
  const compiled = patterns.compile(expected);
  if (compiled.kind === 'invalid') return { kind: 'invalid', field, reason: compiled.reason };
  const outcome = compiled.pattern.matchesAll(got);
  if (outcome.kind === 'too-slow') {
    return { kind: 'invalid', field, reason: `${expected} takes longer than ${outcome.limitMs} ms` };
  }
  return outcome.kind === 'matched' ? MATCHED : unmatched;
}

export type ArtifactConstraint =
  | { readonly kind: 'met' }
  | {
      readonly kind: 'unmet';
      readonly expected: string;
      readonly got: string;
      /** Set where an expectation is to blame and not the artifacts: why its pattern cannot be used. */
      readonly fault?: string;
    };

const MET: ArtifactConstraint = { kind: 'met' };
const EXPLAINED = 3;

/**
 * The rule that a trigger's expected artifacts set for what an event brought (core.md §4.2): at least one artifact
 * must match at least one of those that the trigger lists. A trigger that lists none takes anything.
 *
 * @param ids the expected artifacts that the trigger lists
 * @param expected those that the pipeline has, as written: expressions in them are not evaluated yet
 */
export function artifactConstraint(
  ids: readonly string[] | undefined,
  expected: readonly ExpectedArtifact[] | undefined,
  received: readonly Artifact[],
  patterns: PatternCompiler,
): ArtifactConstraint {
  if (ids === undefined || ids.length === 0) return MET;
  const wanted = (expected ?? []).filter(({ id }) => ids.includes(id));
  const failures: string[] = [];
  let fault: string | undefined;
  for (const one of received) {
    for (const expectation of wanted) {
      const result = matchArtifact(expectation, one, patterns);
      if (result.kind === 'matched') return MET;
      if (result.kind === 'invalid') fault ??= `${expectation.id}: ${explain(result)}`;
      if (failures.length < EXPLAINED) failures.push(`${titleOf(one)}: ${explain(result)}`);
    }
  }
  const got = wanted.length === 0 ? 'no such expected artifact in the pipeline' : failures.join('; ') || 'no artifacts';
  const titles = wanted.map(({ id, matchArtifact: match }) => `${id} (${titleOf(match)})`);
  const asked = titles.join(' or ') || ids.join(' or ');
  return { kind: 'unmet', expected: `an artifact that matches ${asked}`, got, ...(fault !== undefined && { fault }) };
}

function titleOf({ type, name, reference }: Artifact): string {
  return [type, name ?? reference].filter((part) => part !== undefined).join(' ') || 'any';
}

function explain(result: Exclude<ArtifactMatch, { readonly kind: 'matched' }>): string {
  if (result.kind === 'invalid') return `invalid pattern for ${result.field}: ${result.reason}`;
  const got = result.got === undefined ? `no ${result.field}` : `${result.field} '${result.got}'`;
  return `${got}, expected '${result.expected}'`;
}
