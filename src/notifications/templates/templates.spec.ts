import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Templates, UnknownTemplateError } from './templates.js';

let around: string;
let folder: string;
let log: RecordedLog;
let templates: Templates;

beforeEach(() => {
  log = RecordedLog.start();
  around = mkdtempSync(path.join(tmpdir(), 'echo-templates-'));
  folder = path.join(around, 'templates');
  mkdirSync(folder);
  templates = new Templates(new TestSettings({ 'notifications.templatePath': folder }));
});

afterEach(() => rmSync(around, { recursive: true }));

function write(name: string, text: string): void {
  const file = path.join(folder, `${name}.hbs`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const judgment = { stageName: 'Go?', application: 'shop', url: 'http://deck' };

describe("an operator's template", () => {
  it('takes the place of the built-in one of its name, and of no other', () => {
    write('manualJudgment/subject', 'Decide on {{application}}');

    expect(templates.render('manualJudgment/subject', 'plain', judgment)).toBe('Decide on shop');
    expect(templates.render('manualJudgment/body', 'plain', judgment)).toContain('http://deck');
  });

  it('may be of a group of its own', () => {
    write('acme/subject', 'Hello {{application}}');

    expect(templates.render('acme/subject', 'plain', judgment)).toBe('Hello shop');
    expect(() => templates.render('acme/body', 'plain', judgment)).toThrow(UnknownTemplateError);
  });

  it.each([
    ['cannot be read', '{{#if application}}'],
    ['cannot be rendered', '{{thereIsNoSuch application}}'],
    ['never ends', `{{#each list}}{{#each ../list}}{{#each ../../list}}x{{/each}}{{/each}}{{/each}}`],
  ])('that %s is reported, and the built-in one steps in', (_what, text) => {
    write('manualJudgment/subject', text);
    const list = Array.from({ length: 1000 }, (_, index) => index);

    expect(templates.render('manualJudgment/subject', 'plain', { ...judgment, list })).toMatch(/Go\?.* of shop/);

    expect(log.at('error')).toEqual([
      expect.stringMatching(/^The template manualJudgment\/subject in notifications\.templatePath is not used: ./),
    ]);
  });

  it('is looked for in its folder only', () => {
    writeFileSync(path.join(around, 'outside.hbs'), 'outside');

    expect(templates.has('../outside')).toBe(false);
  });
});

describe('what a template is given', () => {
  it.each([
    ['html', '&lt;b&gt;{{url}}&lt;/b&gt; &amp; &lt;!channel&gt;'],
    ['slack', '&lt;b&gt;{{url}}&lt;/b&gt; &amp; &lt;!channel&gt;'],
    ['plain', '<b>{{url}}</b> & <!channel>'],
  ] as const)('is a text, in %s, and never a template', (medium, shown) => {
    write('acme/body', '{{name}}|{{list.[0].name}}|{{{name}}}');
    const name = '<b>{{url}}</b> & <!channel>';

    const text = templates.render('acme/body', medium, { name, list: [{ name }], url: 'http://deck' });

    expect(text).toBe([shown, shown, shown].join('|'));
  });
});
