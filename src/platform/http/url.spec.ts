import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodedPath, percentEncode, repeatedQuery, urlsUnder } from './index.js';
import { shownUrl } from './title.js';

describe('Percent-encoding', () => {
  it('leaves nothing but letters, digits and . - * _', () => {
    expect(percentEncode("aZ09.-*_ !'()~:@,;=+$&/?#[]%é名😀")).toBe(
      'aZ09.-*_%20%21%27%28%29%7E%3A%40%2C%3B%3D%2B%24%26%2F%3F%23%5B%5D%25%C3%A9%E5%90%8D%F0%9F%98%80',
    );
  });

  it('can be undone, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(percentEncode(text)).toMatch(/^(?:[\w.*-]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(percentEncode(text))).toBe(text);
      }),
    );
  });

  it('puts a question mark where half of a character is missing', () => {
    expect(percentEncode('a\ud83d')).toBe('a%3F');
  });
});

describe('A path that may be encoded already', () => {
  it.each([
    ['folder/job/my job', 'folder/job/my%20job'],
    ['folder/job/my%20job', 'folder/job/my%20job'],
    ['a%2Fb/c', 'a%2Fb/c'],
    ['100%/%zz', '100%25/%25zz'],
    ['a?b#c', 'a%3Fb%23c'],
    ['%C3%A9é', '%C3%A9%C3%A9'],
    ['x:y@z', 'x%3Ay%40z'],
  ])('%s is sent as %s', (path, text) => {
    expect(new EncodedPath(path).text).toBe(text);
  });
});

describe('URLs under a base', () => {
  it.each(['http://front50', 'http://front50/'])('are the same for %s', (base) => {
    expect(urlsUnder(base)`pipelines/${'a/b'}/name/${'x y'}?refresh=${true}`).toBe(
      'http://front50/pipelines/a%2Fb/name/x%20y?refresh=true',
    );
  });

  it('keep the path of the base', () => {
    expect(urlsUnder('https://host/orca')`orchestrate`).toBe('https://host/orca/orchestrate');
  });

  it.each(['.', '..'])('refuse a value that climbs out of its place: %s', (id) => {
    expect(() => urlsUnder('http://orca')`pipelines/${id}/get`).toThrow('would leave its place');
    expect(() => urlsUnder('http://orca')`builds/${new EncodedPath(`a/%2e${id.slice(1)}`)}`).toThrow('leave its place');
  });

  it('allow dots elsewhere', () => {
    expect(urlsUnder('http://orca')`p/${'..a'}/${'1.2'}?q=${'../..'}`).toBe('http://orca/p/..a/1.2?q=..%2F..');
  });

  it('repeat a query parameter', () => {
    expect(repeatedQuery('id', ['a', 'b,c'])).toBe('id=a&id=b%2Cc');
  });
});

describe('A URL in a message', () => {
  it.each([
    ['http://u:p@host:1/a@b?x=1', 'http://host:1/a@b?x=1'],
    ['https://chat/v1?key=K&token=T%3D&room=r#f', 'https://chat/v1?key=***&token=***&room=r#f'],
    ['http://h/p?access_token=x&sig=y&client_secret=', 'http://h/p?access_token=***&sig=***&client_secret=***'],
    ['http://front50/pipelines?restricted=false', 'http://front50/pipelines?restricted=false'],
  ])('%s is shown as %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});
