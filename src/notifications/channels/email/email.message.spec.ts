import { describe, expect, it } from 'vitest';
import { execution, occasion } from '../../../../test/support/occasion.js';
import { addressesIn, checkedAddresses, faultOfAddress } from './addresses.js';
import { emailMessages } from './email.message.js';
import { eventSubject } from '../../events/subject.js';

const draft = { to: ['a@b.example'], cc: [], subject: 's', html: '<p>h</p>', text: 'h' };

describe('addresses', () => {
  it.each([
    [['receiver@localhost'], ['receiver@localhost']],
    [['a@x b@x'], ['a@x', 'b@x']],
    [
      ['a@x,b@x', 'c@x; d@x'],
      ['a@x', 'b@x', 'c@x', 'd@x'],
    ],
    [['Ann <ann@x>, <b@x>'], ['Ann', 'ann@x', 'b@x']],
    [['', ' ; '], []],
  ])('in %j', (entries, addresses) => {
    expect(addressesIn(entries)).toEqual(addresses);
  });

  it.each([
    ['a@b.example', undefined],
    ['postmaster', undefined],
    ['"a b"@x.example', undefined],
    ['a@[127.0.0.1]', undefined],
    ['', 'Empty address'],
    ['a@', 'Missing domain'],
    ['@b', 'Missing local name'],
    ['a@b@c', 'Domain contains illegal character'],
    ['a..b@c', 'Local address contains dot-dot'],
    ['.a@c', 'Local address starts with dot'],
    ['a.@c', 'Local address ends with dot'],
    ['a@.c', 'Domain starts with dot'],
    ['a@c.', 'Domain ends with dot'],
    ['<a@c', 'Local address contains illegal character'],
    ['a\r\nBcc:@c', 'Local address contains control or whitespace'],
    ['a@c\r\nBcc', 'Domain contains control or whitespace'],
  ])('%j: %s', (address, fault) => {
    expect(faultOfAddress(address)).toBe(fault);
  });

  it('that are none are refused', () => {
    expect(() => checkedAddresses(['a@b.example', 'c@'])).toThrow('Missing domain');
  });
});

describe('a mail', () => {
  it('has a subject of one line', () => {
    const [mail] = emailMessages({ ...draft, subject: '<p>S\nBcc: e@x</p>\n' });
    expect(mail?.subject).toBe('<p>S Bcc: e@x</p>');
  });

  it('is none without a recipient', () => {
    expect(emailMessages({ ...draft, to: [' '], cc: [] })).toEqual([]);
    expect(emailMessages({ ...draft, to: [], cc: ['c@x'] })).toHaveLength(1);
  });
});

describe('the subject for an event', () => {
  const trigger = { buildInfo: { url: 'http://ci/7', number: 7 } };

  it.each([
    ['pipeline:complete', execution(), "whatever's foo-pipeline pipeline has completed successfully"],
    ['pipeline:failed', execution({ trigger }), "whatever's foo-pipeline pipeline build #7 has failed"],
    ['orchestration:starting', execution(), "whatever's 1 task is starting"],
    [
      'stage:complete',
      { ...execution(), name: 'foo-stage' },
      "Stage foo-stage for whatever's foo-pipeline pipeline has completed successfully",
    ],
  ])('%s', (kindAndStatus, content, subject) => {
    expect(eventSubject(occasion(kindAndStatus, content))).toBe(subject);
  });

  it('needs the name of the stage', () => {
    expect(() => eventSubject(occasion('stage:complete', execution()))).toThrow('names no stage');
  });
});
