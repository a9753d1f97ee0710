import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import { type Artifact, artifactsFound } from '../../artifacts/index.js';
import { Bus } from '../../events/index.js';
import { Payload } from '../sources/payload.js';
import { TemplateExtractor } from './template.extractor.js';

let folder: string;
let told: (readonly Artifact[])[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-template-'));
  told = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

function extractorOf(name: string, enabled = true): TemplateExtractor {
  const bus = new Bus(new EventEmitter2());
  bus.subscribe(artifactsFound, 'test', ({ artifacts }) => void told.push(artifacts));
  const sources = [{ source: 'mine', templatePath: path.join(folder, name) }];
  return new TemplateExtractor(
    new TestSettings({ 'webhooks.artifacts.enabled': enabled, 'webhooks.artifacts.sources': sources }),
    bus,
  );
}

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
const webhook = (members: object) => ({
  type: 'webhook',
  source: 'mine',
  payload: new Payload(JSON.parse(JSON.stringify(members)) as Payload['members']),
  body: '',
  eventType: undefined,
  headers: {},
});

const JINJA =
  '[{% for i in images %}{"type": "docker/image", "name": "{{ i.name }}", "tier": "{{ tier | default(\'prod\') }}"}' +
  '{% if !loop.last %},{% endif %}{% endfor %}]';
const IMAGES = { images: [{ name: 'a' }, { name: 'b' }] };

describe("an operator's template", () => {
  it('makes artifacts of the webhooks of its source, and they are told', () => {
    write('mine.jinja', JINJA);
    const found = extractorOf('mine.jinja').extract(webhook(IMAGES));

    expect(found).toEqual(
      ['a', 'b'].map((name) => ({ type: 'docker/image', customKind: false, name, metadata: { tier: 'prod' } })),
    );
    expect(told).toEqual([found]);
  });

  it('may be one of Handlebars', () => {
    write('mine.hbs', '[{{#each images}}{"type": "t", "name": "{{name}}"}{{#unless @last}},{{/unless}}{{/each}}]');

    expect(extractorOf('mine.hbs').extract(webhook(IMAGES))).toMatchObject([{ name: 'a' }, { name: 'b' }]);
  });

  it('can be edited while Echo runs', () => {
    write('mine.jinja', '[]');
    const extractor = extractorOf('mine.jinja');
    expect(extractor.extract(webhook(IMAGES))).toEqual([]);

    write('mine.jinja', JINJA);
    expect(extractor.extract(webhook(IMAGES))).toHaveLength(2);
  });

  it.each([
    ['is not there', undefined],
    ['cannot be read', '{% if %}'],
    ['writes no JSON', '[{"name": "{{ images[0].name }}"'],
    ['writes one artifact and no list', '{"type": "t"}'],
    ['is empty, so that the message itself would be the list', ''],
  ])('that %s brings nothing', (_what, text) => {
    if (text !== undefined) write('mine.jinja', text);

    expect(extractorOf('mine.jinja').extract(webhook(IMAGES))).toEqual([]);
    expect(told).toEqual([]);
  });

  it('is for its source alone, and for none while it is switched off', () => {
    expect(extractorOf('mine.jinja').handles('webhook', 'mine')).toBe(true);
    expect(extractorOf('mine.jinja').handles('webhook', 'Mine')).toBe(false);
    expect(extractorOf('mine.jinja', false).handles('webhook', 'mine')).toBe(false);
  });
});
