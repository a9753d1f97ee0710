import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkout } from './checkout.js';

let checkout: Checkout;

/** Stands for the compiler: the modules that render the pages, as they are after a build. */
const NEST = `
const fs = require('node:fs');
const compiled = (file, name, text) => {
  fs.mkdirSync('dist/' + file.split('/')[0], { recursive: true });
  fs.writeFileSync('dist/' + file, 'export const ' + name + ' = () => ' + JSON.stringify(text) + ';');
};
compiled('config/docs.js', 'renderConfigurationDoc', '# Configuration\\n\\n## Keys\\n');
compiled('cli/docs-commands.js', 'renderCommandsDoc', '# Commands\\n');
compiled('cli/docs-events.js', 'renderEventsDoc', '# Events\\n');
compiled('cli/docs-metrics.js', 'renderMetricsDoc', '# Metrics\\n');
`;

beforeEach(async () => {
  checkout = new Checkout();
  checkout.write('node_modules/@nestjs/cli/bin/nest.js', NEST);
  checkout.write('docs/configuration.md', '# Configuration\n\n## Keys\n');
  checkout.write('docs/command-line.md', '# Commands\n');
  checkout.write('docs/events.md', '# Events\n');
  checkout.write('docs/metrics.md', '# Metrics\n');
  for (const page of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])
    checkout.write(page, '# Page\n');
  await checkout.run('build.mjs');
});

afterEach(() => {
  checkout.remove();
});

describe('the generated pages', () => {
  it('pass the check when they say what the code says', async () => {
    const { code, out } = await checkout.run('docs.mjs', ['--check']);

    expect(code).toBe(0);
    expect(out).toContain('agrees with the code');
  });

  it('fail it when they differ, naming the line and what to do', async () => {
    checkout.write('docs/configuration.md', '# Configuration\n\n## Sleutels\n');

    const { code, err } = await checkout.run('docs.mjs', ['--check']);

    expect(code).toBe(1);
    expect(err).toBe(
      "docs/configuration.md is out of date: run 'npm run docs' and commit it. Line 3 reads\n" +
        '  ## Sleutels\nwhere the code says\n  ## Keys\n',
    );
  });

  it.each(['# Events', '# Events\n\nMore.\n', ''])('fail it when only the end differs: %j', async (text) => {
    checkout.write('docs/events.md', text);

    expect((await checkout.run('docs.mjs', ['--check'])).code).toBe(1);
  });

  it('are written by the other run, and pass then', async () => {
    checkout.write('docs/events.md', 'old');

    const written = await checkout.run('docs.mjs');

    expect(written.out).toContain('docs/events.md: written');
    expect(written.out).toContain('docs/metrics.md: unchanged');
    expect(checkout.read('docs/events.md')).toBe('# Events\n');
  });

  it.each([
    ['is gone', () => rmSync(checkout.file('dist/cli/docs-events.js'))],
    ['has another name', () => checkout.write('dist/cli/docs-events.js', 'export const render = 1;')],
  ])('fail the check when what renders them %s', async (_what, change) => {
    change();

    const { code, err } = await checkout.run('docs.mjs', ['--check']);

    expect(code).toBe(1);
    expect(err).toBe('docs/events.md is rendered by renderEventsDoc of dist/cli/docs-events.js, which is missing\n');
  });
});

describe('links between the pages', () => {
  const faultsOf = async (text: string): Promise<string> => {
    checkout.write('docs/guide/page.md', text);
    const { code, err } = await checkout.run('docs.mjs', ['--check']);
    expect(code).toBe(err === '' ? 0 : 1);
    return err.trimEnd();
  };

  it.each([
    '[a file](../events.md)',
    '[a heading](../configuration.md#keys)',
    '[a heading of the page itself](#notes)\n\n## Notes',
    '[a folder](../guide/)',
    '[from the top](/README.md)',
    '[with a title](../events.md "Events")',
    '[the second of two](#a-b-1)\n\n# A, b!\n# A b',
    '[code and a link](#use-npm-test-as-shown)\n\n## Use `npm test` as [shown](../events.md)',
    '[an anchor](#here)\n\n<a id="here"></a>',
    '[the web](https://example.com/none.md) [mail](mailto:a@example.com)',
    '```\n[in code](none.md)\n```\nand `[in code](none.md)`',
    '~~~\n# Not a heading\n[in code](none.md)\n~~~',
  ])('lead somewhere: %s', async (text) => {
    expect(await faultsOf(text)).toBe('');
  });

  it.each([
    ['[x](none.md)', 'none.md: no such file'],
    ['![x](none.png)', 'none.png: no such file'],
    ['[x][y]\n\n[y]: none.md', 'none.md: no such file'],
    ['<img src="none.png">', 'none.png: no such file'],
    ['[x](../events.md#none)', '../events.md#none: no such heading'],
    ['[x](#none)\n\n```\n# None\n```', '#none: no such heading'],
    ['[x](/docs/none.md)', '/docs/none.md: no such file'],
  ])('that lead nowhere are reported: %s', async (text, fault) => {
    expect(await faultsOf(text)).toBe(`docs/guide/page.md links to ${fault}`);
  });
});
