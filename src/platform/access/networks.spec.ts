import { describe, expect, it } from 'vitest';
import { isNetwork } from './networks.js';

describe('a network', () => {
  it.each(['10.0.0.0/8', '10.1.2.3', '0.0.0.0/0', '::1', '2001:db8::/32', ' 10.0.0.0/8 '])('is %j', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'example.com',
    '::/129',
    '10.0.0.0/x',
  ])('is not %j', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});
