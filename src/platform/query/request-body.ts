import type { z } from 'zod';
import { InvalidRequestError } from '../errors/index.js';

/** What a body says, by its schema; throws 400 with all that is wrong with it. */
export function requestBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new InvalidRequestError(`${read.error.issues.map(faultOf).join('; ')}.`);
}

function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: there is no such member`;
  const member = issue.path.join('.') || 'the body';
  return issue.message.endsWith('received undefined') ? `${member} is missing` : `${member}: ${issue.message}`;
}
