import fc from 'fast-check';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigWorkspace, sample } from '../../test/support/config-workspace.js';

/** One value that an operator writes: a key in camelCase and a text. */
type Pair = readonly [key: string, text: string];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  kebab,
  (name) => kebab(name).replaceAll('-', '_'),
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
];

const variableOf = (key: string): string => key.replace(/[.[\]]+/g, '_').toUpperCase();

/** Nests a dotted key, so that YAML writes it as objects and lists. */
function nested([key, text]: Pair): unknown {
  const segments = key.match(/[^.[\]]+/g) ?? [];
  return segments.reduceRight<unknown>(
    (inner, segment) => (/^\d+$/.test(segment) ? [inner] : { [segment]: inner }),
    text,
  );
}

/** Lays nested objects over one another; lists here have one element. */
function laid(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [laid(a[0], b[0])];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return b;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const entries = Object.entries(right).map(([key, value]) => [key, key in left ? laid(left[key], value) : value]);
  return { ...left, ...Object.fromEntries(entries) };
}

const url = fc.webUrl().filter((text) => URL.canParse(text) && !text.includes('$'));
const truth = fc.constantFrom('true', 'false', 'yes', 'off');

const pairs: fc.Arbitrary<Pair[]> = fc
  .record(
    {
      'orca.baseUrl': url,
      'orca.enabled': truth,
      'front50.pollingIntervalMs': fc.nat(100_000).map(String),
      'scheduler.pipelineConfigsPoller.enabled': truth,
      'quietPeriod.suppressedTriggerTypes': fc.constantFrom('cron', 'cron,git', ' docker , git '),
      'slack.token': fc.stringMatching(/^[a-z0-9][a-z0-9: #'"-]{0,20}[a-z0-9]$/),
      'rest.endpoints[0].url': url,
      'rest.endpoints[0].retryCount': fc.integer({ min: 1, max: 9 }).map(String),
      'rest.endpoints[0].wrap': truth,
    },
    { requiredKeys: ['rest.endpoints[0].url', 'orca.enabled'] },
  )
  .map((record) => Object.entries(record).filter((pair): pair is [string, string] => pair[1] !== undefined));

/** Where and how each pair is written. */
const places = fc.array(
  fc.record({
    place: fc.constantFrom('spinnaker.yml', 'echo.yml', 'echo-local.yml', 'variable'),
    spelling: fc.constantFrom(...SPELLINGS),
    dotted: fc.boolean(),
  }),
  { minLength: 9, maxLength: 9 },
);

describe('the spelling of a configuration', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => void (workspace = new ConfigWorkspace()));
  afterEach(() => workspace.remove());

  const values = (env: Record<string, string>): unknown[] => {
    const { settings } = workspace.load({ ...env, NEST_PROFILE: 'echo' });
    return Object.values(sample).map((one) => settings.get(one as typeof sample.orcaUrl));
  };

  it('never changes what it says: camelCase, kebab-case, dots, nesting, variables, one file or several', () => {
    const files = ['spinnaker.yml', 'echo.yml', 'echo-local.yml'];
    fc.assert(
      fc.property(pairs, places, (written, ways) => {
        files.forEach((name) => workspace.write(`config/${name}`, ''));
        workspace.write('config/echo.yml', stringify(written.map(nested).reduce(laid, {})));
        const plain = values({});

        const env: Record<string, string> = {};
        const documents = new Map<string, { dotted: Record<string, string>; tree: unknown }>();
        // A list belongs to one file, and only its single elements to variables: its parts stay together.
        const listFile = ways.find(({ place }) => place !== 'variable')?.place ?? 'echo.yml';
        for (const [at, [key, text]] of written.entries()) {
          const { place, spelling, dotted } = ways[at] ?? { place: 'echo.yml', spelling: kebab, dotted: false };
          const spelled = key.replace(/[A-Za-z]\w*/g, spelling);
          if (place === 'variable') env[variableOf(key)] = text;
          else {
            const file = key.includes('[') ? listFile : place;
            const document = documents.get(file) ?? { dotted: {}, tree: {} };
            documents.set(file, document);
            if (dotted) document.dotted[spelled] = text;
            else document.tree = laid(document.tree, nested([spelled, text]));
          }
        }
        files.forEach((name) => workspace.write(`config/${name}`, ''));
        for (const [name, { dotted, tree }] of documents) {
          workspace.write(`config/${name}`, stringify({ ...(tree as object), ...dotted }));
        }

        expect(values(env)).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });
});
