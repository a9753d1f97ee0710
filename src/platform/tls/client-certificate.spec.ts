import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateUser, emailIn } from './client-certificate.js';

describe('the e-mail address in the alternative names of a certificate', () => {
  it.each([
    ['email:deploy@x.example', 'deploy@x.example'],
    ['DNS:client.test, email:a@x.example, email:b@x.example', 'a@x.example'],
    ['IP Address:127.0.0.1, URI:spiffe://x/y, email:a@x.example', 'a@x.example'],
    ['DNS:client.test', undefined],
    ['', undefined],
    ['email:', undefined],
  ])('%s: %s', (names, expected) => {
    expect(emailIn(names)).toBe(expected);
  });

  it.each(['DNS:"a, email:admin@x.example"', 'URI:"x\\", email:admin@x.example"', 'email:"admin@x.example, DNS:y"'])(
    'is not taken from inside another name, which Node quotes: %s',
    (names) => {
      expect(emailIn(names)).toBeUndefined();
    },
  );

  it('is never one that only a quoted name holds', () => {
    const quoted = fc.string().map((text) => JSON.stringify(`${text}, email:admin@x.example`));
    fc.assert(fc.property(quoted, (name) => void expect(emailIn(`DNS:${name}, DNS:y`)).toBeUndefined()));
  });
});

it('knows no user without TLS', () => {
  expect(certificateUser(undefined)).toBeUndefined();
});
