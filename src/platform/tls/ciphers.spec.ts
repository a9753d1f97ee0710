import { describe, expect, it } from 'vitest';
import { openSslList, openSslName } from './ciphers.js';

describe("a cipher suite in Java's words", () => {
  it.each([
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
    ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
    ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'ECDHE-RSA-AES256-SHA384'],
    ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'DHE-RSA-AES128-SHA'],
    ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'AES128-GCM-SHA256'],
    ['SSL_RSA_WITH_3DES_EDE_CBC_SHA', 'DES-CBC3-SHA'],
  ])('%s is %s', (javas, openSsls) => {
    expect(openSslName(javas)).toBe(openSsls);
  });

  it.each(['TLS_AES_256_GCM_SHA384', 'ECDHE-RSA-AES128-GCM-SHA256', 'HIGH', '!aNULL'])('%s has one name', (name) => {
    expect(openSslName(name)).toBe(name);
  });
});

it('passes over what only looks like a suite of TLS 1.3', () => {
  const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV', 'TLS_RSA_WITH_AES_128_CBC_SHA'];

  expect(openSslList(suites)).toBe('TLS_AES_128_GCM_SHA256:AES128-SHA');
});
