import type { Environment } from '../environment.js';
import { type Names, canonicalName, placeOf, segmentsOf } from '../key.js';

/** `REST_ENDPOINTS_0_URL` as `rest`, `endpoints`, `0`, `url`. */
export function tokensOf(variable: string): string[] {
  return variable
    .toLowerCase()
    .split(/[_.-]+/)
    .filter((token) => token !== '');
}

/**
 * What is left of the tokens after a name has taken its own, once for every way to take them. A name may be spread over
 * several tokens: both `ORCA_BASEURL` and `ORCA_BASE_URL` start with `orca` and `baseUrl`.
 */
export function takeName(tokens: readonly string[], name: string): readonly string[] | undefined {
  const wanted = canonicalName(name);
  let taken = '';
  for (const [at, token] of tokens.entries()) {
    taken += token;
    if (taken === wanted) return tokens.slice(at + 1);
    if (!wanted.startsWith(taken)) return undefined;
  }
  return undefined;
}

/** What is left of the tokens after a whole key has taken its own. */
export function takeKey(tokens: readonly string[], names: Names): readonly string[] | undefined {
  return names.reduce<readonly string[] | undefined>((rest, segment) => {
    const place = placeOf(segment);
    return rest && takeName(rest, place === undefined ? segment : String(place));
  }, tokens);
}

/** The value of a variable, by its exact name or by the key that it stands for; an empty variable counts as not set. */
export function variableNamed(name: string, environment: Environment): string | undefined {
  if (environment[name]) return environment[name];
  const names = segmentsOf(name);
  const [variable] = Object.keys(environment)
    .filter((candidate) => environment[candidate] && takeKey(tokensOf(candidate), names)?.length === 0)
    .sort();
  return variable === undefined ? undefined : environment[variable];
}
