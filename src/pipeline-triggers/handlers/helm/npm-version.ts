/** A version of a chart, taken apart. Missing numbers are told from zeros: in a range they leave something open. */
export interface NpmVersion {
  /** The whole text, without spaces around it and without a leading `v`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number | undefined;
  readonly patch: number | undefined;
  /** What stands after the hyphen, between dots. */
  readonly preRelease: readonly string[];
  readonly build: string | undefined;
}

const MAX_NUMBER = 2 ** 31 - 1;
const WILDCARD = /^[xX*]$/;

/** Reads a version leniently: a leading `v`, `x` or `*` as a number, fewer than three numbers, more than three. */
export function parseVersion(text: string): NpmVersion | undefined {
  return parse(text.trim().replace(/^[vV]/, '').trim(), true);
}

/** As `parseVersion`, without the leading `v`, `x` and `*`. */
export function parsePlainVersion(text: string): NpmVersion | undefined {
  return parse(text.trim(), false);
}

/** A version with all three numbers. */
export function versionOf(
  major: number,
  minor: number,
  patch: number,
  { preRelease, build }: Partial<Pick<NpmVersion, 'preRelease' | 'build'>> = {},
): NpmVersion {
  const suffix = preRelease && preRelease.length > 0 ? `-${preRelease.join('.')}` : '';
  const text = `${major}.${minor}.${patch}${suffix}${build === undefined ? '' : `+${build}`}`;
  return { text, major, minor, patch, preRelease: preRelease ?? [], build };
}

/** The parts between separators; empty ones at the end do not count. */
function partsOf(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

function parse(text: string, wildcards: boolean): NpmVersion | undefined {
  if (text.endsWith('+')) return undefined;
  const { core, preRelease, build } = split(text);
  const [major, minor, patch] = partsOf(core, '.').map((part) => numberOf(part, wildcards));
  if (typeof major !== 'number' || minor === 'invalid' || patch === 'invalid') return undefined;
  return { text, major, minor: open(minor), patch: open(patch), preRelease, build };
}

const open = (number: number | 'open' | undefined): number | undefined => (number === 'open' ? undefined : number);

function numberOf(part: string, wildcards: boolean): number | 'open' | 'invalid' {
  if (wildcards && WILDCARD.test(part)) return 'open';
  const number = /^\d+$/.test(part) ? Number(part) : Number.POSITIVE_INFINITY;
  return number <= MAX_NUMBER ? number : 'invalid';
}

/** A hyphen after the plus belongs to the build. */
function split(text: string): { readonly core: string } & Pick<NpmVersion, 'preRelease' | 'build'> {
  const [beforeBuild = '', build, ...more] = partsOf(text, '+');
  const hyphen = beforeBuild.indexOf('-');
  const single = more.length === 0 ? build : undefined;
  if (hyphen < 0) return { core: beforeBuild, preRelease: [], build: single };
  const suffix = more.length === 0 ? beforeBuild.slice(hyphen + 1) : text.slice(hyphen + 1);
  return { core: text.slice(0, hyphen), preRelease: partsOf(suffix, '.'), build: single };
}

const isShort = ({ minor, patch }: NpmVersion): boolean => minor === undefined || patch === undefined;

const withoutBuild = ({ text, build }: NpmVersion): string =>
  build === undefined ? text : text.replace(`+${build}`, '');

/** Whether a version is later than a bound; what the bound leaves open is not later. */
export function isLater(version: NpmVersion, bound: NpmVersion): boolean {
  if (version.major !== bound.major) return version.major > bound.major;
  if (bound.minor === undefined) return false;
  if (version.minor !== undefined && version.minor !== bound.minor) return version.minor > bound.minor;
  if (bound.patch === undefined) return false;
  if (version.patch !== undefined && version.patch !== bound.patch) return version.patch > bound.patch;
  return isLaterPreRelease(version.preRelease, bound.preRelease);
}

/** Whether a version is the bound, builds aside. A bound that leaves something open is any version of its major. */
export function isSame(version: NpmVersion, bound: NpmVersion): boolean {
  if (version.build === undefined && bound.build === undefined && isShort(bound)) return version.major === bound.major;
  return !isShort(version) && withoutBuild(version) === withoutBuild(bound);
}

function isLaterPreRelease(version: readonly string[], bound: readonly string[]): boolean {
  if (version.length === 0 || bound.length === 0) return version.length === 0 && bound.length > 0;
  for (const [at, part] of version.entries()) {
    const other = bound[at];
    if (other === undefined) break;
    const order = compareParts(part, other);
    if (order !== 0) return order > 0;
  }
  return version.length > bound.length;
}

/** Numbers by value, all else as text ignoring case. */
function compareParts(a: string, b: string): number {
  const [x, y] = [numberOf(a, false), numberOf(b, false)];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  const [s, t] = [a.toLowerCase(), b.toLowerCase()];
  return s === t ? 0 : s < t ? -1 : 1;
}
