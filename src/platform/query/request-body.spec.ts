import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requestBody } from './index.js';

const schema = z.strictObject({ from: z.string(), limit: z.number().optional() });
const read = (body: unknown) => () => requestBody(schema, body);

describe('a body of a request', () => {
  it('is read by its schema', () => {
    expect(requestBody(schema, { from: 'now' })).toEqual({ from: 'now' });
  });

  it('is refused with all its faults, each by its member', () => {
    expect(read({ limit: 'many', ids: [] })).toThrow(
      'from is missing; limit: Invalid input: expected number, received string; ids: there is no such member.',
    );
    expect(read('text')).toThrow(/^the body: .*expected object/);
  });
});
