import type { SecureVersion } from 'node:tls';
import { z } from 'zod';

/** Versions that Echo speaks, oldest first. */
const SPOKEN = ['TLSv1.2', 'TLSv1.3'] as const;

/** Off in every current JDK too: beside a version that is spoken nothing comes of them. */
const RETIRED: readonly unknown[] = ['SSLv2Hello', 'SSLv3', 'TLSv1', 'TLSv1.1'];

export type TlsVersion = (typeof SPOKEN)[number];

export interface VersionRange {
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
}

const isSpoken = (name: unknown): boolean => SPOKEN.some((version) => version === name);

/** Leaves the list alone where something else is wrong with it, so that a fault is about the place where it stands. */
function withoutRetired(value: unknown): unknown {
  const names: unknown = typeof value === 'string' ? value.split(/\s*,\s*/) : value;
  if (!Array.isArray(names) || !names.every((name) => isSpoken(name) || RETIRED.includes(name))) return names;
  const spoken = names.filter(isSpoken);
  return spoken.length > 0 ? spoken : names;
}

/** A list of versions, from an operator's file. */
export const tlsVersions = z.preprocess(withoutRetired, z.array(z.enum(SPOKEN))) as z.ZodType<readonly TlsVersion[]>;

export const TLS_VERSIONS = `list of ${SPOKEN.toReversed().join(', ')}`;

/** The oldest and the newest version of a list; an empty list leaves both open. */
export function rangeOf(names: readonly TlsVersion[]): VersionRange {
  const listed = SPOKEN.filter((version) => names.includes(version));
  const [oldest, newest] = [listed.at(0), listed.at(-1)];
  return oldest && newest ? { minVersion: oldest, maxVersion: newest } : {};
}
