import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterEach, describe, expect, it } from 'vitest';
import rooms from './rooms.js';

const projects: string[] = [];

/** Writes the files into a project of its own and returns the rule's messages, by file; files without one are left out. */
function messagesOf(files: Record<string, string>): Record<string, string[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'echo-rooms-'));
  projects.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const linter = new Linter({ cwd: root });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    plugins: { rooms },
    rules: { 'rooms/boundaries': 'error' },
  };
  const messages = Object.entries(files).map(([name, text]) => {
    const found = linter.verify(text, config, { filename: path.join(root, name) });
    return [name, found.map((message) => message.message)] as const;
  });
  return Object.fromEntries(messages.filter(([, found]) => found.length > 0));
}

/** One importing file and the one it imports, which needs nothing itself. */
const messagesFor = (file: string, text: string, target: string): string[] =>
  messagesOf({ [file]: text, [target]: 'export const x = 1; export type X = number;' })[file] ?? [];

afterEach(() => {
  for (const root of projects.splice(0)) rmSync(root, { recursive: true });
});

describe('the layers', () => {
  it.each([
    ['a room of a lower layer', 'src/scheduler/a.ts', '../pipelines/index.js', 'src/pipelines/index.ts'],
    ['a room of its own layer below the features', 'src/outbox/a.ts', '../events/index.js', 'src/events/index.ts'],
    ['another folder of platform', 'src/platform/web/a.ts', '../clock/index.js', 'src/platform/clock/index.ts'],
    ['any file of its own room', 'src/events/sql/a.ts', '../memory/b.js', 'src/events/memory/b.ts'],
    ['features, from the top', 'src/app.module.ts', './scheduler/index.js', 'src/scheduler/index.ts'],
    ['the top, from the top', 'src/main.ts', './app.module.js', 'src/app.module.ts'],
    ['config, from cli', 'src/cli/a.ts', '../config/index.js', 'src/config/index.ts'],
  ])('allow an import of %s', (_what, file, specifier, target) => {
    expect(messagesFor(file, `import { x } from '${specifier}';`, target)).toEqual([]);
  });

  it('forbid an import of a higher layer', () => {
    const messages = messagesFor(
      'src/events/a.ts',
      "import { x } from '../pipelines/index.js';",
      'src/pipelines/index.ts',
    );

    expect(messages).toEqual(["'events' (layer 1) must not import 'pipelines' (layer 2)"]);
  });

  it('forbid one feature to import another', () => {
    const messages = messagesFor(
      'src/scheduler/a.ts',
      "import { x } from '../compensation/index.js';",
      'src/compensation/index.ts',
    );

    expect(messages).toEqual(["'scheduler' (layer 3) must not import 'compensation' (layer 3)"]);
  });

  it.each([
    ['config', '../config/index.js', 'src/config/index.ts'],
    ['a file of src itself', '../app.module.js', 'src/app.module.ts'],
  ])('let nothing import the top: %s', (_what, specifier, target) => {
    const messages = messagesFor('src/ops/a.ts', `import { x } from '${specifier}';`, target);

    expect(messages).toEqual([`'ops' imports '${specifier}': nothing imports the top`]);
  });

  it.each([
    ['types only', "import type { X } from '../ops/index.js';"],
    ['inline types', "import { type X } from '../ops/index.js';"],
    ['over several lines', "import {\n  // not 'this'; nor that\n  x,\n} from '../ops/index.js';"],
    ['for its side effect', "import '../ops/index.js';"],
    ['a re-export', "export { x } from '../ops/index.js';"],
    ['a re-export of everything', "export * from '../ops/index.js';"],
    ['a dynamic import', "export const load = () => import('../ops/index.js');"],
    ['the type of a module', "export type Ops = import('../ops/index.js').X;"],
  ])('hold for every form of import: %s', (_form, text) => {
    const messages = messagesFor('src/cron/a.ts', text, 'src/ops/index.ts');

    expect(messages).toEqual(["'cron' (layer 0) must not import 'ops' (layer 3)"]);
  });

  it('leave packages alone', () => {
    expect(messagesOf({ 'src/cron/a.ts': "import { z } from 'zod';\nimport { join } from 'node:path';" })).toEqual({});
  });
});

describe('the face of a room', () => {
  it.each([
    ['src/scheduler/a.ts', '../events/bus.js', 'src/events/bus.ts', 'events'],
    ['src/scheduler/a.ts', '../events/sql/index.js', 'src/events/sql/index.ts', 'events'],
    ['src/events/a.ts', '../platform/clock/clock.js', 'src/platform/clock/clock.ts', 'platform/clock'],
    ['src/platform/web/a.ts', '../clock/clock.js', 'src/platform/clock/clock.ts', 'platform/clock'],
    ['src/app.module.ts', './events/bus.js', 'src/events/bus.ts', 'events'],
  ])('is its index.ts: %s may not import %s', (file, specifier, target, room) => {
    const messages = messagesFor(file, `import { x } from '${specifier}';`, target);

    expect(messages).toEqual([`import '${room}' through its index.ts, not '${specifier}'`]);
  });

  it.each(['config', 'facts', 'metrics'])('may be passed by config and cli for a *.%s.ts file', (kind) => {
    const text = `import { x } from '../events/events.${kind}.js';`;
    const target = `src/events/events.${kind}.ts`;

    expect(messagesFor('src/config/a.ts', text, target)).toEqual([]);
    expect(messagesFor('src/cli/a.ts', text, target)).toEqual([]);
    expect(messagesFor('src/scheduler/a.ts', text, target)).toEqual([
      `import 'events' through its index.ts, not '../events/events.${kind}.js'`,
    ]);
  });
});

describe('a room without a layer', () => {
  it('is reported in its own files and where it is imported', () => {
    const messages = messagesOf({
      'src/attic/index.ts': 'export const x = 1;',
      'src/ops/a.ts': "import { x } from '../attic/index.js';",
    });

    expect(messages).toEqual({
      'src/attic/index.ts': ["room 'attic' has no layer: add it to lint/rooms.js"],
      'src/ops/a.ts': ["room 'attic' has no layer: add it to lint/rooms.js"],
    });
  });

  it('is what a stray file in platform is', () => {
    expect(messagesOf({ 'src/platform/misc.ts': 'export const x = 1;' })).toEqual({
      'src/platform/misc.ts': ["room 'platform/misc.ts' has no layer: add it to lint/rooms.js"],
    });
  });

  it('is what a file outside of src is', () => {
    const messages = messagesFor('src/ops/a.ts', "import { x } from '../../test/fake.js';", 'test/fake.ts');

    expect(messages).toEqual(["room '..' has no layer: add it to lint/rooms.js"]);
  });
});

describe('an import cycle', () => {
  it('is reported at each import that lies on it, with the shortest way round', () => {
    const messages = messagesOf({
      'src/ops/a.ts': "import './b.js';",
      'src/ops/b.ts': "import {\n  x,\n} from './c.js';\nimport './d.js';",
      'src/ops/c.ts': "export * from './a.js';",
      'src/ops/d.ts': 'export const x = 1;',
      'src/ops/outside.ts': "import './a.js';",
    });

    expect(messages).toEqual({
      'src/ops/a.ts': ['import cycle: ops/a.ts → ops/b.ts → ops/c.ts → ops/a.ts'],
      'src/ops/b.ts': ['import cycle: ops/b.ts → ops/c.ts → ops/a.ts → ops/b.ts'],
      'src/ops/c.ts': ['import cycle: ops/c.ts → ops/a.ts → ops/b.ts → ops/c.ts'],
    });
  });

  it('may be closed by a dynamic import', () => {
    const messages = messagesOf({
      'src/ops/a.ts': "export const load = () => import('./b.js');",
      'src/ops/b.ts': "import './a.js';",
    });

    expect(Object.keys(messages)).toEqual(['src/ops/a.ts', 'src/ops/b.ts']);
  });

  it.each(["import type { X } from './a.js';", "import { type X } from './a.js';", "export type { X } from './a.js';"])(
    'is not closed by types: %s',
    (text) => {
      expect(messagesOf({ 'src/ops/a.ts': "import { y } from './b.js';", 'src/ops/b.ts': text })).toEqual({});
    },
  );

  it('is not closed by an import in a comment or a text', () => {
    const text = `// import { a } from './a.js';\nexport const y = "import { a } from './a.js';";`;

    expect(messagesOf({ 'src/ops/a.ts': "import { y } from './b.js';", 'src/ops/b.ts': text })).toEqual({});
  });

  it('of rooms is reported though no two files import each other', () => {
    const messages = messagesOf({
      'src/platform/web/index.ts': 'export const x = 1;',
      'src/platform/web/a.ts': "import { x } from '../clock/index.js';",
      'src/platform/clock/index.ts': 'export const x = 1;',
      'src/platform/clock/b.ts': "import { x } from '../web/index.js';",
    });

    expect(messages).toEqual({
      'src/platform/web/a.ts': ['import cycle of rooms: platform/web → platform/clock → platform/web'],
      'src/platform/clock/b.ts': ['import cycle of rooms: platform/clock → platform/web → platform/clock'],
    });
  });

  it('is not closed by a spec', () => {
    const messages = messagesOf({
      'src/events/index.ts': 'export const x = 1;',
      'src/events/bus.spec.ts': "import { x } from '../outbox/index.js';",
      'src/outbox/index.ts': "export { x } from '../events/index.js';",
    });

    expect(messages['src/outbox/index.ts']).toBeUndefined();
  });
});
