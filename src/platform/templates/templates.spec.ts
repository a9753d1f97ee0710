import { describe, expect, it } from 'vitest';
import { handlebarsTemplate, jinjaTemplate, TemplateError } from './index.js';

const LIMITS = { timeMs: 50, outputLength: 20 };

describe('a Jinja template', () => {
  it.each([
    ['{{ missing }}{{ missing.a.b }}', {}, ''],
    ["{% set p = d.split('@') %}{{ p[0] }}|{{ p[1] }}|{{ p | length }}", { d: 'a@b' }, 'a|b|2'],
    [
      '{% for i in l %}{% set n = i.n %}{{ n }}{% if not loop.last %},{% endif %}{% endfor %}',
      { l: [{ n: 1 }, { n: 2 }] },
      '1,2',
    ],
    ["{% if !x && y != '!' || z %}yes{% endif %}", { x: false, y: 'y' }, 'yes'],
    ["{{ x | default('q') }}", {}, 'q'],
    ["{{ [a, b, c] | select('defined') | join('-') }}", { a: '1', c: '3' }, '1-3'],
    [
      '{{ l }} {{ o }} {{ l[1] }}',
      { l: ['a', { b: [1, null] }], o: { k: 'v', n: {} } },
      '[a, {b=[1, null]}] {k=v, n={}} {b=[1, null]}',
    ],
    ["{{ d.replace('.', '$&') }}", { d: 'a.b.c' }, 'a$&b$&c'],
    ['{% if !x == y %}yes{% endif %}{% if !!y %}{% else %}no{% endif %}', { x: true, y: false }, 'yesno'],
    ["{% if !(a && b) && !o.k['x'].startsWith('y(') %}yes{% endif %}", { a: 1, o: { k: { x: 'z' } } }, 'yes'],
    ['{% raw %}{{ !x }}{% endraw %}{# c #}', {}, '{{ !x }}'],
    ['{{ a }}', { a: '<"{{ b }}">', b: 'no' }, '<"{{ b }}">'],
  ])('%s', (text, values, expected) => {
    expect(jinjaTemplate('t', text).render(values)).toBe(expected);
  });

  it.each([
    "''.constructor",
    'o.constructor',
    'constructor',
    'o.__proto__',
    "o['con' ~ 'structor']",
    'range.constructor',
  ])('cannot reach %s', (path) => {
    expect(jinjaTemplate('t', `{{ ${path} }}`).render({ o: {} })).toBe('');
  });

  it('that cannot be read says so with its name and line', () => {
    expect(() => jinjaTemplate('mine', 'a\n{% if %}')).toThrow(/Template mine: .*Line 2/);
  });

  it('is stopped when it takes too long or writes too much', () => {
    const slow = '{% set r = range(9999) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}';
    expect(() => jinjaTemplate('t', slow, LIMITS).render({})).toThrow(/longer than 50 ms/);
    expect(() => jinjaTemplate('t', '{{ a }}', LIMITS).render({ a: 'x'.repeat(21) })).toThrow(TemplateError);
    expect(() => jinjaTemplate('t', '{{ range(1000000) }}').render({})).toThrow(/at most 100000/);
  });
});

describe('a Handlebars template', () => {
  it('writes values as they are', () => {
    expect(handlebarsTemplate('t', '{{#each l}}{{this}},{{/each}}').render({ l: ['<a>', '{{b}}'] })).toBe('<a>,{{b}},');
  });

  it('cannot reach what is inherited', () => {
    expect(handlebarsTemplate('t', '{{o.constructor}}{{constructor}}').render({ o: {} })).toBe('');
  });

  it('that cannot be read says so with its name and line', () => {
    expect(() => handlebarsTemplate('mine', 'a\n{{#if}')).toThrow(/Template mine: .*line 2/);
  });
});
