import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoProxy } from './no-proxy.js';

const covers = (list: string, url: string): boolean => new NoProxy([list]).covers(new URL(url));

describe('NO_PROXY', () => {
  it.each([
    ['orca.example', 'http://orca.example/', true],
    ['orca.example', 'https://ORCA.Example:8443/x', true],
    ['example', 'http://orca.example', true],
    ['.example', 'http://orca.example', true],
    ['*.example', 'http://orca.example', true],
    ['.orca.example', 'http://orca.example', true],
    ['rca.example', 'http://orca.example', false],
    ['orca.example.com', 'http://orca.example', false],
    ['orca.example:8083', 'http://orca.example:8083', true],
    ['orca.example:8083', 'http://orca.example', false],
    ['orca.example:443', 'https://orca.example', true],
    ['orca.example:80', 'http://orca.example', true],
    ['10.0.0.7', 'http://10.0.0.7:8083', true],
    ['10.0.0.7', 'http://10.0.0.70', false],
    ['10.0.0.0/8', 'http://10.250.0.7', true],
    ['10.0.0.0/8', 'http://11.0.0.7', false],
    ['10.0.0.0/8', 'http://ten.example', false],
    ['fd00::/8', 'http://[fd00::1]:8083', true],
    ['fd00::1', 'http://[fd00::1]', true],
    ['[fd00::1]:8083', 'http://[fd00::1]:8083', true],
    ['[fd00::1]:8083', 'http://[fd00::1]:8084', false],
    ['10.0.0.0/99', 'http://10.0.0.0', false],
    ['*', 'https://anything.example', true],
    ['', 'http://orca.example', false],
  ])('%s covers %s: %s', (list, url, expected) => {
    expect(covers(list, url)).toBe(expected);
  });

  it.each(['a.example, orca.example', 'a.example orca.example', ' a.example ,, *'])('is a list: %s', (list) => {
    expect(covers(list, 'http://orca.example')).toBe(true);
  });

  it.each(['http://localhost:8083', 'http://127.0.0.1', 'http://127.9.9.9', 'http://[::1]:1', 'http://x.localhost'])(
    'need not name this machine: %s',
    (url) => {
      expect(covers('', url)).toBe(true);
    },
  );

  it('never covers less when it says more', () => {
    const name = fc.domain();
    fc.assert(
      fc.property(fc.array(name), name, name, (list, more, host) => {
        const url = new URL(`http://${host}`);
        if (new NoProxy(list).covers(url)) expect(new NoProxy([...list, more]).covers(url)).toBe(true);
        expect(new NoProxy([...list, host]).covers(url)).toBe(true);
      }),
    );
  });
});
