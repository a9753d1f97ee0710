import { type NpmVersion, isLater, isSame, parsePlainVersion, parseVersion, versionOf } from './npm-version.js';

/**
 * Ranges of versions as npm writes them and as the original's library (semver4j, NPM mode) understands them: other than
 * npm's own it looks at a pre-release only where several bounds meet, takes any version of the same major for equal to
 * one with numbers missing, and reads `latest` (core.md, appendix C).
 */
export interface NpmRange {
  readonly kind: 'range';
  readonly includes: (version: NpmVersion) => boolean;
}

interface Bound {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly version: NpmVersion;
}

/** Bounds that must all hold. */
type Branch = readonly Bound[];

export function parseRange(text: string): NpmRange | { readonly kind: 'invalid' } {
  const branches = new RangeParser(tokensOf(text)).parse();
  if (!branches) return { kind: 'invalid' };
  return { kind: 'range', includes: (version) => branches.some((branch) => isIn(branch, version)) };
}

const isIn = (branch: Branch, version: NpmVersion): boolean =>
  branch.every((bound) => holds(bound, version)) && (branch.length === 1 || mayBePreRelease(branch, version));

function holds({ operator, version: bound }: Bound, version: NpmVersion): boolean {
  const later = isLater(version, bound);
  const same = isSame(version, bound);
  switch (operator) {
    case '=':
      return same;
    case '<':
      return !later && !same;
    case '<=':
      return !later || same;
    case '>':
      return later;
    case '>=':
      return later || same;
  }
}

/** A pre-release is in only if one of several bounds is a pre-release of the same version. */
function mayBePreRelease(branch: Branch, { preRelease, major, minor, patch }: NpmVersion): boolean {
  if (preRelease.length === 0) return true;
  return branch.some(
    ({ version: bound }) =>
      bound.preRelease.length > 0 && bound.major === major && bound.minor === minor && bound.patch === patch,
  );
}

const OPERATORS = ['=', '<', '<=', '>', '>=', '~', '^'] as const;
type Operator = (typeof OPERATORS)[number];

const isOperator = (token: string | undefined): token is Operator => OPERATORS.some((operator) => operator === token);
const isVersion = (token: string | undefined): token is string =>
  token !== undefined && !isOperator(token) && !['-', '|', '(', ')'].includes(token);

/** Spaces mean nothing, not even within a version. A hyphen belongs to the version if no version follows. */
function tokensOf(text: string): string[] {
  const raw = text.replaceAll('||', '|').match(/<=|>=|[=<>~^|()-]|[^=<>~^|()-]+/g) ?? [];
  const tokens = raw.map((token) => token.replaceAll(' ', '')).filter((token) => token !== '');
  const joined: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token = '', hyphen, next] = tokens.slice(at, at + 3);
    const isSuffix = isVersion(token) && hyphen === '-' && isVersion(next) && !parseVersion(next);
    joined.push(isSuffix ? `${token}-${next}` : token);
    if (isSuffix) at += 2;
  }
  return joined;
}

/** Reads branches between `||`, each one version, two with a hyphen between, or bounds with operators. */
class RangeParser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {
    // The original drops an operator before another one, which is how it reads `~>`; elsewhere it gives up on that.
    if (isOperator(tokens[0]) && isOperator(tokens[1])) this.at = 2;
  }

  parse(): readonly Branch[] | undefined {
    const branches = this.branches();
    return this.at === this.tokens.length ? branches : undefined;
  }

  private branches(): readonly Branch[] | undefined {
    const found: Branch[] = [];
    do {
      const more = this.take('(') ? this.group() : this.branch();
      if (!more) return undefined;
      found.push(...more);
    } while (this.take('|'));
    return found;
  }

  private group(): readonly Branch[] | undefined {
    const inner = this.branches();
    return this.take(')') ? inner : undefined;
  }

  private branch(): readonly Branch[] | undefined {
    const first = this.version();
    if (first !== undefined && this.take('-')) return alone(between(first, this.version()));
    let bounds = first === undefined ? [] : exactly(first);
    for (let operator = this.operator(); bounds && operator; operator = this.operator()) {
      const more = bounded(operator, this.version());
      bounds = more && [...bounds, ...more];
    }
    return bounds && bounds.length > 0 ? alone(bounds) : undefined;
  }

  private version(): string | undefined {
    const token = this.tokens[this.at];
    if (!isVersion(token)) return undefined;
    this.at++;
    return token;
  }

  private operator(): Operator | undefined {
    const token = this.tokens[this.at];
    if (!isOperator(token)) return undefined;
    this.at++;
    return token;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}

const alone = (branch: Branch | undefined): readonly Branch[] | undefined => branch && [branch];

const full = ({ major, minor = 0, patch = 0, ...rest }: NpmVersion): NpmVersion => versionOf(major, minor, patch, rest);

const span = (from: NpmVersion, to: NpmVersion, operator: '<' | '<=' = '<'): Branch => [
  { operator: '>=', version: full(from) },
  { operator, version: to },
];

/** A version alone: itself, or with numbers missing all that begin with it. */
function exactly(text: string): Branch | undefined {
  if (text === '*' || text === 'latest') return [{ operator: '>=', version: versionOf(0, 0, 0) }];
  const version = parseVersion(text);
  if (!version) return undefined;
  const isFull = version.minor !== undefined && version.patch !== undefined;
  return isFull ? [{ operator: '=', version }] : sameMinor(version);
}

function bounded(operator: Operator, text = ''): Branch | undefined {
  if (operator === '~' || operator === '^') {
    const version = parseVersion(text);
    return version && (operator === '~' ? sameMinor(version) : compatible(version));
  }
  const version = parsePlainVersion(text);
  return version && [{ operator, version }];
}

function sameMinor(version: NpmVersion): Branch {
  const { major, minor } = version;
  return span(version, minor === undefined ? versionOf(major + 1, 0, 0) : versionOf(major, minor + 1, 0));
}

/** Up to the next version that may break something: the first number that is not zero must stay. */
function compatible(version: NpmVersion): Branch {
  const { major, minor, patch } = version;
  if (major > 0 || minor === undefined) return span(version, versionOf(major + 1, 0, 0));
  if (minor > 0 || patch === undefined) return span(version, versionOf(0, minor + 1, 0));
  return span(version, versionOf(0, 0, patch + 1));
}

/** An end with numbers missing includes all that begin with it. */
function between(from: string, to = ''): Branch | undefined {
  const [start, end] = [parseVersion(from), parseVersion(to)];
  if (!start || !end) return undefined;
  const { major, minor, patch, ...rest } = end;
  if (minor === undefined) return span(start, versionOf(major + 1, 0, patch ?? 0, rest));
  return patch === undefined ? span(start, versionOf(major, minor + 1, 0, rest)) : span(start, end, '<=');
}
