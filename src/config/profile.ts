import type { Fault } from './fault.js';

/** What one process does; `standalone` is everything at once over a simulated orca. */
export const PROFILES = ['echo', 'echo-scheduler', 'echo-missed-scheduler', 'standalone'] as const;
export type Profile = (typeof PROFILES)[number];

/** What of the operator's bears on the choice. */
export interface OperatorTraces {
  /** What of the operator's configuration was found, in words; `undefined` where there is none. */
  readonly found: string | undefined;
}

export type ProfileChoice =
  /** Named by `NEST_PROFILE`. */
  | { readonly kind: 'named'; readonly profile: Profile }
  /** Not named, but there is an operator's configuration: the role that the packaged original has. */
  | { readonly kind: 'packaged'; readonly profile: 'echo' }
  /** Neither named nor configured: a first look. */
  | { readonly kind: 'first-look'; readonly profile: 'standalone' }
  | { readonly kind: 'refused'; readonly fault: Fault };

const WHERE = 'variable NEST_PROFILE';

const isProfile = (name: string): name is Profile => PROFILES.some((profile) => profile === name);

function named(name: string, found: string | undefined): ProfileChoice {
  if (!isProfile(name)) {
    return { kind: 'refused', fault: { where: WHERE, problem: `got '${name}', valid: ${PROFILES.join(', ')}` } };
  }
  if (name === 'standalone' && found !== undefined) {
    const problem =
      `'standalone' simulates orca and so never runs with a configuration of yours, and there is one (${found}): ` +
      'choose echo, echo-scheduler or echo-missed-scheduler, or take that configuration away';
    return { kind: 'refused', fault: { where: WHERE, problem } };
  }
  return { kind: 'named', profile: name };
}

/** Chooses the profile from `NEST_PROFILE` and from whether the operator configured anything. */
export function chooseProfile(requested: string | undefined, { found }: OperatorTraces): ProfileChoice {
  const name = requested?.trim().toLowerCase();
  if (name) return named(name, found);
  return found === undefined ? { kind: 'first-look', profile: 'standalone' } : { kind: 'packaged', profile: 'echo' };
}
