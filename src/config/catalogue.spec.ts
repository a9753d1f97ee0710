import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { setting } from '../platform/settings/index.js';
import { catalogue, settingsIn, withoutOverlap } from './catalogue.js';
import { pathOf, segmentsOf } from './key.js';
import { RETIRED_KEYS } from './known-original-keys.js';

const SRC = path.resolve(import.meta.dirname, '..');

const declarationFiles = (): string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.config.ts'));

describe('the catalogue of settings', () => {
  it.each(declarationFiles())('has all that %s declares', async (file) => {
    const declared = settingsIn(await import(pathToFileURL(path.join(SRC, file)).href));

    expect(declared.length).toBeGreaterThan(0);
    expect(declared.filter((one) => !catalogue().includes(one)).map(({ key }) => key)).toEqual([]);
  });

  it('describes every setting in a sentence', () => {
    const wordless = catalogue().filter(({ description }) => !/^[A-Z].*[.)]$/s.test(description));

    expect(wordless.map(({ key }) => key)).toEqual([]);
  });

  it('honours no key that is said to have no effect', () => {
    const retired = RETIRED_KEYS.map(({ key }) => pathOf(segmentsOf(key)));

    expect(catalogue().filter(({ key }) => retired.includes(pathOf(segmentsOf(key))))).toEqual([]);
  });

  it.each([
    ['orca.baseUrl', 'orca.base-url'],
    ['rest', 'rest.endpoints'],
  ])('refuses %s beside %s, since both would own what is written there', (first, second) => {
    const settings = [first, second].map((key) => setting.text(key, { description: 'x' }));

    expect(() => withoutOverlap(settings)).toThrow(/overlap/);
  });
});
