import { beforeEach, describe, expect, it } from 'vitest';
import type { IgorClient } from '../../clients/index.js';
import { BadAnswerError } from '../../platform/http/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import { readTrigger } from '../../pipelines/index.js';
import { BuildLookUp } from './build-look-up.js';

const identity = { headers: { 'x-spinnaker-user': 'joe' } };
const build = { type: 'manual', master: 'ci', job: 'my-job', buildNumber: 7, propertyFile: 'f' };
const artifact = (more: JsonObject = {}): JsonObject => ({ customKind: false, metadata: {}, ...more });

/** An igor whose answers a test sets, and can break. */
class ScriptedIgor {
  enabled = true;
  readonly asked: string[] = [];
  readonly broken = new Set<string>();
  listed: JsonValue[] = [];
  found: JsonObject = {};
  missing = false;

  buildStatus(ref: object): Promise<JsonObject> {
    return this.answer('status', ref, { number: 7, artifacts: [{ fileName: 'a.jar' }] });
  }

  properties(_ref: object, propertyFile: string): Promise<JsonObject> {
    return this.answer('properties', propertyFile, { version: '1.2' });
  }

  artifacts(_ref: object, propertyFile: string): Promise<readonly JsonValue[]> {
    return this.answer('artifacts', propertyFile, this.listed);
  }

  artifact(...name: [string, string, string]): Promise<JsonObject> {
    if (this.missing) {
      const call = { method: 'GET', url: 'http://igor/artifacts' } as never;
      return Promise.reject(new BadAnswerError(call, { status: 404, headers: {}, body: '' } as never));
    }
    return this.answer('artifact', name.slice(0, 3), this.found);
  }

  private answer<T>(what: string, about: unknown, answer: T): Promise<T> {
    this.asked.push(`${what} ${JSON.stringify(about)}`);
    return this.broken.has(what) ? Promise.reject(new Error(`no ${what}`)) : Promise.resolve(answer);
  }
}

let igor: ScriptedIgor;

const complete = (trigger: JsonObject) =>
  new BuildLookUp(igor as unknown as IgorClient).complete(readTrigger(trigger), identity);

beforeEach(() => {
  igor = new ScriptedIgor();
});

describe('the build of a manual start', () => {
  it('is looked up with its properties and artifacts', async () => {
    igor.listed = [{ type: 'deb', name: 'listed' }];

    const { trigger, artifacts, faults } = await complete({ ...build, buildInfo: { artifacts: [{ name: 'given' }] } });

    expect(trigger).toMatchObject({
      buildInfo: { number: 7, artifacts: [{ fileName: 'a.jar' }] },
      properties: { version: '1.2' },
    });
    expect(artifacts).toEqual([
      artifact({ metadata: { fileName: 'a.jar' } }),
      artifact({ type: 'deb', name: 'listed' }),
      artifact({ name: 'given' }),
    ]);
    expect(faults).toEqual([]);
    expect(igor.asked).toEqual([
      'status {"master":"ci","job":"my-job","buildNumber":7}',
      'properties "f"',
      'artifacts "f"',
    ]);
  });

  it.each([{ master: '' }, { master: null }, { job: '' }, { buildNumber: null }])(
    'is not looked up with %j',
    async (incomplete) => {
      const given = { ...build, ...incomplete };

      expect(await complete(given)).toEqual({ trigger: readTrigger(given), artifacts: [], faults: [] });
      expect(igor.asked).toEqual([]);
    },
  );

  it('is not looked up without igor', async () => {
    igor.enabled = false;

    expect(await complete(build)).toEqual({ trigger: readTrigger(build), artifacts: [], faults: [] });
    expect(igor.asked).toEqual([]);
  });

  it('is needed: without it there is no start', async () => {
    igor.broken.add('status');

    await expect(complete(build)).rejects.toThrow('no status');
  });

  it('has a line for each thing that could not be had with it', async () => {
    igor.broken.add('properties').add('artifacts').add('artifact');

    const { trigger, artifacts, faults } = await complete({
      ...build,
      artifacts: [{ name: 'n', version: '1', location: 'debs' }],
    });

    expect(faults).toEqual([
      'Could not get property file from build server: no properties',
      'Could not get all artifacts from build server: no artifacts',
      'Could not resolve artifacts: no artifact',
    ]);
    expect(trigger.buildInfo).toMatchObject({ number: 7 });
    expect(trigger).not.toHaveProperty('properties');
    expect(trigger.artifacts).toEqual([{ name: 'n', version: '1', location: 'debs' }]);
    expect(artifacts).toEqual([artifact({ metadata: { fileName: 'a.jar' } })]);
  });
});

describe('an artifact of a manual start', () => {
  const given = { name: 'my-package', version: 'v1.1.1', location: 'artifactory' };
  const withArtifact = (one: JsonObject) => complete({ type: 'manual', artifacts: [one] });

  it('is what igor says of it, received and in the trigger (core.md §10, tests 166, 167)', async () => {
    igor.found = { ...given, reference: 'https://artifactory/my-package/' };

    const { trigger, artifacts } = await withArtifact(given);

    const resolved = artifact({ ...given, reference: 'https://artifactory/my-package/' });
    expect(artifacts).toEqual([resolved]);
    expect(trigger.artifacts).toEqual([resolved]);
    expect(igor.asked).toEqual(['artifact ["artifactory","my-package","v1.1.1"]']);
  });

  it('stays as it was given when igor does not know it (tests 168, 169)', async () => {
    igor.missing = true;

    const { trigger, artifacts, faults } = await withArtifact(given);

    expect(artifacts).toEqual([artifact(given)]);
    expect(trigger.artifacts).toEqual([artifact(given)]);
    expect(faults).toEqual([]);
  });

  it.each(['name', 'version', 'location'])('is not looked up without its %s (test 170)', async (member) => {
    const incomplete = { ...given, [member]: '' };

    const { artifacts } = await withArtifact(incomplete);

    expect(artifacts).toEqual([artifact(incomplete)]);
    expect(igor.asked).toEqual([]);
  });

  it('is not looked up after one that could not be had', async () => {
    igor.broken.add('artifact');

    const { faults } = await complete({ type: 'manual', artifacts: [given, { ...given, name: 'next' }] });

    expect(faults).toEqual(['Could not resolve artifacts: no artifact']);
    expect(igor.asked).toEqual(['artifact ["artifactory","my-package","v1.1.1"]']);
  });

  it('that is none is a fault, and changes nothing', async () => {
    const { trigger, artifacts, faults } = await complete({ type: 'manual', artifacts: [given, { type: {} }] });

    expect(faults).toEqual(['Could not resolve artifacts: type: expected a text, got an object']);
    expect(trigger.artifacts).toEqual([given, { type: {} }]);
    expect(artifacts).toEqual([]);
  });

  it('is not touched without igor', async () => {
    igor.enabled = false;

    const { trigger, artifacts } = await withArtifact(given);

    expect(trigger.artifacts).toEqual([given]);
    expect(artifacts).toEqual([]);
  });
});
