import { describe, expect, it } from 'vitest';
import { entryOf } from '../entry.js';
import { segmentsOf } from '../key.js';
import { merge } from './merged.js';
import { Placeholders } from './placeholders.js';

function fill(text: string, keys: Record<string, string> = {}, environment: Record<string, string> = {}): string {
  const entries = Object.entries(keys).map(([key, value]) =>
    entryOf(segmentsOf(key), value, { kind: 'file', file: 'echo.yml', line: 1 }),
  );
  return new Placeholders(merge([{ entries, lists: 'replace' }]), environment).fill(text, 'own.key');
}

describe('placeholders', () => {
  it.each([
    ['no placeholder', 'no placeholder'],
    ['${a.b}', 'ab'],
    ['x${a.b}y${c}z', 'xabyCz'],
    ['${A.b-}', 'ab'],
    ['${none:default}', 'default'],
    ['${none:}', ''],
    ['${none:http://host:80/x}', 'http://host:80/x'],
    ['${none:${neither:${c}}}', 'C'],
    ['${a.${letter}}', 'ab'],
    ['${to.c}', 'C'],
    ['${ c }', 'C'],
    ['an open ${c', 'an open ${c'],
    ['$c {c} }', '$c {c} }'],
  ])('%o becomes %o', (text, filled) => {
    const keys = { 'a.b': 'ab', c: 'C', letter: 'b', 'to.c': '${c}' };

    expect(fill(text, keys)).toBe(filled);
  });

  it('are filled from variables before keys, by their own name or by that of the key', () => {
    const environment = { HOME: '/root', SERVICES_REDIS_BASE_URL: 'redis://env' };

    expect(fill('${HOME}', {}, environment)).toBe('/root');
    expect(fill('${services.redis.baseUrl}', { 'services.redis.baseUrl': 'redis://file' }, environment)).toBe(
      'redis://env',
    );
  });

  it('take names in capitals for variables only, so that a key may have its default there', () => {
    expect(fill('${FOO:bar}', { foo: '${FOO:bar}' })).toBe('bar');
  });

  it('of an empty variable take the default', () => {
    expect(fill('${FOO:bar}', {}, { FOO: '' })).toBe('bar');
  });

  it.each([
    ['${none}', '${none} is set nowhere and has no default'],
    ['${none:${neither}}', '${neither} is set nowhere and has no default'],
    ['${own-key.x:${own.key}}', 'its placeholders go round in a circle: own.key → own.key'],
    ['${a}', 'its placeholders go round in a circle: own.key → a → b.c → a'],
  ])('%o is refused: %s', (text, message) => {
    expect(() => fill(text, { 'own.key': 'x', a: '${b.c}', 'b.c': '${a}' })).toThrow(message);
  });
});
