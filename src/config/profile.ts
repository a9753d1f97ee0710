import type { Environment } from './environment.js';
import type { Fault } from './fault.js';

/** What one process does; `standalone` is everything at once over a simulated orca. */
export const PROFILES = ['echo', 'echo-scheduler', 'echo-missed-scheduler', 'standalone'] as const;
export type Profile = (typeof PROFILES)[number];

/** A profile as somebody asked for it, good or not. */
export interface RequestedProfile {
  readonly name: string;
  readonly variable: 'NEST_PROFILE' | 'SPRING_PROFILES_ACTIVE';
}

/** What of the operator's bears on the choice. */
export interface OperatorTraces {
  /** What of the operator's configuration was found, in words; `undefined` where there is none. */
  readonly found: string | undefined;
}

export type ProfileChoice =
  /** Named by `NEST_PROFILE` or by one of `SPRING_PROFILES_ACTIVE`. */
  | { readonly kind: 'named'; readonly profile: Profile }
  /** Not named, but there is an operator's configuration: the role that the packaged original has. */
  | { readonly kind: 'packaged'; readonly profile: 'echo' }
  /** Neither named nor configured: a first look. */
  | { readonly kind: 'first-look'; readonly profile: 'standalone' }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** How installers call the roles of a service that is deployed in two parts (`SPRING_PROFILES_ACTIVE=scheduler,local`). */
const SPRING_ROLES: ReadonlyMap<string, Profile> = new Map([
  ['worker', 'echo'],
  ['scheduler', 'echo-scheduler'],
  ['missed-scheduler', 'echo-missed-scheduler'],
  ['echo-scheduler', 'echo-scheduler'],
  ['echo-missed-scheduler', 'echo-missed-scheduler'],
]);

const isProfile = (name: string): name is Profile => PROFILES.some((profile) => profile === name);

/** The names in `SPRING_PROFILES_ACTIVE` with `local`, which is always active. */
export function springProfilesOf(env: Environment): readonly string[] {
  const asked = (env['SPRING_PROFILES_ACTIVE'] ?? '').split(',').flatMap((name) => name.trim() || []);
  return [...new Set(['local', ...asked])];
}

/** The profile that the environment asks for: `NEST_PROFILE`, else the last role among Spring's profiles. */
export function requestedProfile(env: Environment): RequestedProfile | undefined {
  const name = env['NEST_PROFILE']?.trim().toLowerCase();
  if (name) return { name, variable: 'NEST_PROFILE' };
  const role = springProfilesOf(env).flatMap((spring) => SPRING_ROLES.get(spring) ?? []);
  const last = role.at(-1);
  return last && { name: last, variable: 'SPRING_PROFILES_ACTIVE' };
}

function named({ name, variable }: RequestedProfile, found: string | undefined): ProfileChoice {
  const where = `variable ${variable}`;
  if (!isProfile(name)) {
    return { kind: 'refused', fault: { where, problem: `got '${name}', valid: ${PROFILES.join(', ')}` } };
  }
  if (name === 'standalone' && found !== undefined) {
    const problem =
      `'standalone' simulates orca and so never runs with a configuration of yours, and there is one (${found}): ` +
      'choose echo, echo-scheduler or echo-missed-scheduler, or take that configuration away';
    return { kind: 'refused', fault: { where, problem } };
  }
  return { kind: 'named', profile: name };
}

/** Chooses the profile from what was asked for and from whether the operator configured anything. */
export function chooseProfile(requested: RequestedProfile | undefined, { found }: OperatorTraces): ProfileChoice {
  if (requested) return named(requested, found);
  return found === undefined ? { kind: 'first-look', profile: 'standalone' } : { kind: 'packaged', profile: 'echo' };
}
