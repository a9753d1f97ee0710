import { describe, expect, it } from 'vitest';
import { keyOf } from '../key.js';
import { parseYamlFile } from './yaml-file.js';

const read = (text: string): unknown[][] =>
  parseYamlFile({ name: 'echo.yml', text, kind: 'file' }).documents.map((entries) =>
    entries.map(({ names, leaf, origin }) => [keyOf(names), leaf, 'line' in origin ? origin.line : 0]),
  );

describe('a YAML file', () => {
  it('becomes its values with their keys and lines', () => {
    const text = 'a:\n  b: 1\n\n  c:\n    - x\n    - d: y\n      e: z\nf.g: 2\n"h[0].i": 3\n';

    expect(read(text)).toEqual([
      [
        ['a.b', '1', 2],
        ['a.c[0]', 'x', 5],
        ['a.c[1].d', 'y', 6],
        ['a.c[1].e', 'z', 7],
        ['f.g', '2', 8],
        ['h[0].i', '3', 9],
      ],
    ]);
  });

  it('keeps texts as written, and tells nothing from an empty text', () => {
    const text = "a: 0123\nb: 1e3\nc: yes\nd:\ne: ~\nf: null\ng: 'null'\nh: ''\ni: []\nj: {}\nk: |\n  two\n  lines\n";

    expect(read(text)[0]).toEqual([
      ['a', '0123', 1],
      ['b', '1e3', 2],
      ['c', 'yes', 3],
      ['d', null, 4],
      ['e', null, 5],
      ['f', null, 6],
      ['g', 'null', 7],
      ['h', '', 8],
      ['i', [], 9],
      ['k', 'two\nlines\n', 11],
    ]);
  });

  it('follows anchors and merge keys; what a map says itself wins', () => {
    const text = 'base: &b { x: 1, y: 2 }\nother: &o { y: 3, z: 4 }\none: { <<: [*b, *o], x: 9 }\ntwo: *b\n';

    const values = Object.fromEntries((read(text)[0] ?? []).map((entry) => (entry as [string, string]).slice(0, 2)));

    expect(values).toMatchObject({ 'one.x': '9', 'one.y': '2', 'one.z': '4', 'two.x': '1', 'two.y': '2' });
  });

  it('gives every document by itself, and nothing for an empty one', () => {
    expect(read('a: 1\n---\nb: 2\n')).toEqual([[['a', '1', 1]], [['b', '2', 3]]]);
    expect(read('').flat()).toEqual([]);
    expect(read('# only a comment\n').flat()).toEqual([]);
    expect(read('\uFEFFa: 1')).toEqual([[['a', '1', 1]]]);
  });

  it('survives a circle of anchors', () => {
    expect(() => read('a: &a { b: *a }')).not.toThrow();
  });

  it.each([
    ['a: [', 'echo.yml:1'],
    ['ok: 1\na: b: c', 'echo.yml:2'],
    ['just a text', 'echo.yml:1'],
  ])('that is none has a fault with its line: %o', (text, where) => {
    const { documents, faults } = parseYamlFile({ name: 'echo.yml', text, kind: 'file' });

    expect(documents).toEqual([]);
    expect(faults[0]?.where).toBe(where);
  });
});
