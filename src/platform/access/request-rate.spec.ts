import { expect, it } from 'vitest';
import { RequestRate } from './request-rate.js';

/** How many of so many requests at one instant are within the rate. */
const allowed = (rate: RequestRate, now: number, requests: number, address = 'A'): number =>
  Array.from({ length: requests }, () => rate.allows(address, 10, now)).filter(Boolean).length;

it('an address may send so many at once, and goes on at the rate', () => {
  const rate = new RequestRate();

  expect(allowed(rate, 0, 25)).toBe(10);
  expect(allowed(rate, 500, 25)).toBe(5);
  expect(allowed(rate, 60_000, 25)).toBe(10);
});

it('each address has a rate of its own', () => {
  const rate = new RequestRate();

  expect(allowed(rate, 0, 25, 'A')).toBe(10);
  expect(allowed(rate, 0, 25, 'B')).toBe(10);
});
