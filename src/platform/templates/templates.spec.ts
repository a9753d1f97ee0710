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
    ['{% if e %}yes{% endif %}{% if o %}yes{% endif %}{% if !w && t %}no{% endif %}', 'no'],
    ["{{ e or 'b' }} {{ t and 'b' }} {{ t ? 'y' : 'n' }}{{ e?'y':(t ? '?' : 'n') }} {{ not e }}", 'b true y? true'],
    ["{{ n | default('d') }} {{ e | default('d', true) }} {{ False }}", 'd d false'],
    ["{{ image.split('[:@]')[2] }} {{ 'a,,'.split(',') | length }} {{ 'a:b:c'.split(':', 2)[1] }}", 'sha 1 b:c'],
    [
      "{{ image.replaceAll('@.*', '') }} {{ image.matches('r.+') }} {{ image.length() }} {{ t.equals('x') }}",
      'r:1 true 7 true',
    ],
    [
      "{{ items.size() }} {{ items.get(0).n }} {{ items[-1].n }} {{ e.isEmpty() }} {{ ['x'].contains('x') }}",
      '2 1 2 true true',
    ],
    [
      "{{ items[0].containsKey('n') }} {{ items[0].get('n') }} {{ items[0].keySet() }} {{ items[0].values() }}",
      'true 1 [n] [1]',
    ],
    ['{% for e in items[0].entrySet() %}{{ e.key }}={{ e.value }}{% endfor %}', 'n=1'],
    ["{% set l = [] %}{% for i in items %}{% do l.append(i.n) %}{% endfor %}{{ l | join('-') }}", '1-2'],
    ["{{ missing.split('/')[0] }}{{ n.foo() }}", ''],
    [
      "{{ 'a, b' | split(',') }} {{ items | map('n') }} {{ ['a'] | map('upper') }} {{ [1, 1] | unique }}",
      '[a, b] [1, 2] [A] [1]',
    ],
    ["{{ items | selectattr('n', '==', 2) | map(attribute='n') }} {{ items | rejectattr('n', 'defined') }}", '[2] []'],
    [
      "{{ items[0] | tojson }} {{ q | escapejson }} {{ 'axb' | cut('x') }} {{ image | regex_replace('[:@]', '-') }}",
      '{"n":1} a\\"b ab r-1-sha',
    ],
    ["{{ items | string | upper }} {{ {'a': 1} }}", '[{N=1}, {N=2}] {a=1}'],
  ])('%s, as Jinjava would', (text, expected) => {
    const values = {
      e: [],
      o: {},
      n: null,
      t: 'x',
      w: 'False',
      image: 'r:1@sha',
      items: [{ n: 1 }, { n: 2 }],
      q: 'a"b',
    };

    expect(jinjaTemplate('t', text).render(values)).toBe(expected);
  });

  it.each(["''.constructor('x')", 'o.hasOwnProperty(1)', '[].map(1)', "o['__defineGetter__']('a', range)"])(
    'fails where a value has no such method: %s',
    (call) => {
      expect(() => jinjaTemplate('t', `{{ ${call} }}`).render({ o: {} })).toThrow(/there is no method/);
    },
  );

  it.each([
    "''.constructor",
    "''.split",
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
