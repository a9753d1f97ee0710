import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { artifactsByFile, artifactsByFormat } from './artifact-source.js';

let folder: string;
let log: RecordedLog;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-artifacts-'));
  log = RecordedLog.start();
});
afterEach(() => rmSync(folder, { recursive: true }));

function template(text: string) {
  const file = path.join(folder, 'template');
  writeFileSync(file, text);
  return artifactsByFile('some.key', file) ?? expect.fail('no source');
}

describe('artifacts of a message', () => {
  it("are what the operator's template writes", async () => {
    const source = template('[{"type":"t","name":"{{ name }}"}]');

    expect(await source.read('{"name":"n"}')).toMatchObject([{ type: 't', name: 'n' }]);
  });

  it('are those of a well-known sender', async () => {
    expect(await artifactsByFormat('GCS').read('{"bucket":"b","name":"n"}')).toMatchObject([{ reference: 'gs://b/n' }]);
  });

  it('are the message itself where the template is empty', async () => {
    expect(await template('').read('[{"type":"t"}]')).toMatchObject([{ type: 't' }]);
  });

  it.each([
    ['writes no list', '{"a":1}', 'not a JSON list'],
    ['fails', '{{ a.split(",") | nothing }}', 'filter not found: nothing'],
  ])('are none, with a warning, where the template %s', async (_what, text, reason) => {
    expect(await template(text).read('{"a":"b"}')).toEqual([]);
    expect(log.at('warn')[0]).toContain(reason);
  });

  it('cannot be read of a message that is no object', async () => {
    await expect(template('[]').read('[1]')).rejects.toThrow(
      'No artifacts can be read: the message is not a JSON object.',
    );
  });
});

describe('a template', () => {
  it('that is missing stops the boot with the setting that names it', () => {
    expect(() => artifactsByFile('pubsub.x[0].templatePath', '/nowhere/t.jinja')).toThrow(
      /^pubsub\.x\[0\]\.templatePath: '\/nowhere\/t\.jinja' is no template that Echo can read: ENOENT/,
    );
  });

  it('that cannot be parsed does too', () => {
    expect(() => template('{% if %}')).toThrow(/^some\.key: /);
  });
});
