import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from './npm-range.js';
import { parseVersion } from './npm-version.js';

interface Recorded {
  readonly versions: string;
  /** For each range the versions that are in it. */
  readonly includes: Readonly<Record<string, string>>;
}

/** Answers of the original's library, semver4j 3.1.0 in NPM mode. */
const recorded = JSON.parse(readFileSync(new URL('npm-range.vectors.json', import.meta.url), 'utf8')) as Recorded;
const VERSIONS = recorded.versions.split(' ');

function isIn(version: string, range: string): boolean {
  const parsed = parseRange(range);
  const read = parseVersion(version);
  return parsed.kind === 'range' && read !== undefined && parsed.includes(read);
}

describe('a range of versions', () => {
  it.each(Object.entries(recorded.includes))('%s has the versions that it has in the original', (range, versions) => {
    expect(VERSIONS.filter((version) => isIn(version, range)).join(' ')).toBe(versions);
  });

  const yes = true;
  const no = false;

  it.each([
    ['1.0.0', ['1.0.0', '=1.0.0', 'v1.0.0'], yes],
    ['1.0.1', ['1.0.0'], no],
    ['1.0.1', ['~1.0.0'], yes],
    ['1.1.0', ['~1.0.0'], no],
    ['1.1.0', ['^1.0.0'], yes],
    ['2.0.0', ['^1.0.0'], no],
    ['0.2.0', ['^0.1.0'], no],
    ['0.1.5', ['^0.1.0'], yes],
    ['0.0.4', ['^0.0.3'], no],
    ['1.10.0', ['>1.9.0'], yes],
    ['1.9.9', ['~1.2'], no],
    ['1.2.3-RC1', ['1.2.3-rc1'], no],
    ['1.2', ['1.2'], no],
    ['1', ['1'], no],
    ['abc', ['*', '1.x', '>=1.0.0'], no],
    ['1.2.3', ['1.2.x', '1.x', '1.2', '1', '*', 'latest', '~1', '^1'], yes],
    ['1.2.3', ['x', 'abc', '!=1.0.0', '.*', 'latest || x'], no],
    ['1.2.3', ['>=1.0.0', '>= 1.0.0', '>=1.0.0 <2.0.0', '1.0.0 - 2.0.0', '<1.0.0 || >=1.2.0', '~> 1.2'], yes],
    ['1.2.3', ['>=1.0.0, <2.0.0'], no],
    ['1.2.3-beta.1', ['^1.0.0', '~1.2.0', '1.2.3'], no],
    ['1.2.3-beta.1', ['>=1.2.3-alpha', '*'], yes],
    ['2.0.0-rc1', ['^1.0.0'], no],
    ['2.0.0-rc1', ['<2.0.0'], yes],
    ['1.2.3+build', ['1.2.3'], yes],
    ['v1.2.3', ['1.2.3', '1.x', '^1.0.0'], yes],
    ['01.2.3', ['1.2.3'], no],
    ['1.2', ['^1.0.0'], yes],
    ['1.2.3.4', ['^1.0.0'], yes],
    ['1.1.0-rc.1', ['>=1.0.0', '>1.0.0', '<2.0.0'], yes],
    ['1.1.0-rc.1', ['>=1.1.0', '1.x', '^1.0.0', '1.0.0 - 2.0.0'], no],
  ])('%s: %j → %s (core.md, appendix C)', (version, ranges, included) => {
    expect(ranges.map((range) => isIn(version, range))).toEqual(ranges.map(() => included));
  });

  it('has the version of a year, which the original does not recognise as itself', () => {
    expect(['2024.1.0', '>=2024.1.0', '^2024.1.0'].every((range) => isIn('2024.1.0', range))).toBe(true);
  });
});

describe('any text', () => {
  const ranges = fc.string({ unit: fc.constantFrom(...'0123.xv*~^<>=|()- +ab,\u0000'), maxLength: 30 });
  const number = fc.nat({ max: 20 });
  const versions = fc.tuple(number, number, number).map((numbers) => numbers.join('.'));

  it('is a range or is not, and never fails', () => {
    fc.assert(fc.property(versions, ranges, (version, range) => typeof isIn(version, range) === 'boolean'));
  });

  it('has a version between others if it has those', () => {
    fc.assert(
      fc.property(versions, versions, (version, bound) => {
        const [later, same, earlier] = ['>', '=', '<'].map((operator) => isIn(version, `${operator}${bound}`));
        expect([later, same, earlier].filter(Boolean)).toHaveLength(1);
        expect(isIn(version, `>=${bound}`)).toBe(later || same);
        expect(isIn(version, `<=${bound}`)).toBe(earlier || same);
        expect(isIn(version, `<${bound} || >${bound}`)).toBe(!same);
      }),
    );
  });
});
