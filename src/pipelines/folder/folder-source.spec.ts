import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { stringifyJson } from '../../platform/json/index.js';
import { FolderSource } from './folder-source.js';

let folder: string;
let log: RecordedLog;
let source: FolderSource;

async function write(file: string, text: string | object): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, typeof text === 'string' ? text : JSON.stringify(text));
}

const names = async (): Promise<unknown[]> =>
  (await source.load()).map((it) => (it as { name?: unknown } | null)?.name);

beforeEach(async () => {
  log = RecordedLog.start();
  folder = await mkdtemp(path.join(tmpdir(), 'echo-pipelines-'));
  source = new FolderSource(new TestSettings({ 'pipelines.folder': folder }));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('pipelines from a folder', () => {
  it('are one or a list of JSON objects in a file', async () => {
    await write('b.json', [
      { application: 'app', name: 'two' },
      { application: 'app', name: 'three' },
    ]);
    await write('a.json', { application: 'app', name: 'one' });

    expect(await names()).toEqual(['one', 'two', 'three']);
  });

  it('are YAML documents, each one pipeline or a list of them', async () => {
    await write(
      'all.yaml',
      ['application: app', 'name: one', '---', '- {name: two}', '- {name: three}', '---', ''].join('\n'),
    );
    await write('more.YML', 'name: four');

    expect(await names()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('are looked for in sub-folders, too; other files are not read', async () => {
    await write('team/nested/deep.yml', 'name: deep');
    await write('README.md', 'name: no pipeline');
    await write('.json.swp', 'no JSON');

    expect(await names()).toEqual(['deep']);
    expect(log.lines).toEqual([]);
  });

  it('keep the id they have, else get one from application and name', async () => {
    await write('a.json', [
      { id: 'own', name: 'x' },
      { application: 'My App', name: 'Deploy: (prod)' },
    ]);

    expect(await source.load()).toMatchObject([{ id: 'own' }, { id: 'my-app-deploy-prod-' }]);
  });

  it('keep numbers as they were written', async () => {
    await write('a.json', '{"name":"n","stages":[{"big":123456789012345678901234567890}]}');

    const [pipeline] = await source.load();

    expect(stringifyJson(pipeline ?? null)).toContain('{"big":123456789012345678901234567890}');
  });

  it('are read anew at each load', async () => {
    await write('a.json', { name: 'before' });
    await source.load();
    await write('a.json', { name: 'after' });
    await write('b.json', { name: 'new' });
    expect(await names()).toEqual(['after', 'new']);

    await rm(path.join(folder, 'a.json'));
    expect(await names()).toEqual(['new']);
  });

  it('are looked up by id and by name as they are now', async () => {
    await write('a.json', { application: 'app', name: 'p', id: 'P' });

    expect(await source.byId('P')).toMatchObject({ name: 'p' });
    expect(await source.byName('app', 'p')).toMatchObject({ id: 'P' });
    expect(await source.byName('other', 'p')).toBeUndefined();
    expect(await source.byId('Q')).toBeUndefined();
  });

  it('are a fault of the folder when it cannot be read', async () => {
    await rm(folder, { recursive: true });

    await expect(source.load()).rejects.toThrow(`pipelines.folder: ${folder} cannot be read`);
  });
});

describe('a file that cannot be parsed', () => {
  beforeEach(async () => {
    await write('broken.yaml', 'name: was good');
    await write('fine.json', { name: 'fine' });
    await source.load();
  });

  it('keeps the pipelines it last had, and hinders no other file', async () => {
    await write('broken.yaml', 'name: [unfinished');

    expect(await names()).toEqual(['was good', 'fine']);
    expect(await names()).toEqual(['was good', 'fine']);
  });

  it('is named once, until it changes', async () => {
    await write('broken.yaml', 'name: [unfinished');
    await source.load();
    await source.load();

    expect(log.at('warn')).toHaveLength(1);
    expect(log.at('warn')[0]).toMatch(/^broken\.yaml cannot be used, 1 pipelines from before stay: /);

    await write('broken.yaml', 'name: "another fault');
    await source.load();
    expect(log.at('warn')).toHaveLength(2);
  });

  it('works again as soon as it is mended', async () => {
    await write('broken.yaml', 'name: [unfinished');
    await source.load();
    await write('broken.yaml', 'name: mended');

    expect(await names()).toEqual(['mended', 'fine']);
  });

  it('has no pipelines where it never was good', async () => {
    await write('new.json', '{"name":');

    expect(await names()).toEqual(['was good', 'fine']);
    expect(log.at('warn')[0]).toContain('new.json cannot be used, 0 pipelines from before stay: Invalid JSON');
  });
});
