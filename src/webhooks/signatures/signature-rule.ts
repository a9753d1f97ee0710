import { z } from 'zod';
import { member } from '../../platform/settings/index.js';

const MINUTE = 60_000;

const secrets = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(member.text))
  .refine((list) => list.length > 0 && list.every((secret) => secret !== ''), 'at least one secret, and no empty one');

/** How the sender of one source is verified. */
export const signatureRule = z.object({
  /** The second part of the path, compared exactly. */
  source: member.text,
  /** The first part of the path, compared ignoring case; any where absent. */
  type: member.text.optional(),
  scheme: z.enum(['hub', 'token', 'hmac', 'standard']),
  /** All of them are good: that is how a secret is changed without a gap. */
  secrets,
  /** Whether others are answered 401; else they are only recorded. */
  required: member.flag.default(true),
  /** Where the token or signature is. */
  header: member.text.transform((name) => name.toLowerCase()).optional(),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** What stands in front of a signature. */
  prefix: member.text.default(''),
  /** Seconds since the epoch; what is signed is then `{timestamp}.{body}`. */
  timestampHeader: member.text.transform((name) => name.toLowerCase()).optional(),
  /** How old a message may be, and how far in the future, where it tells its time. */
  toleranceMs: member.millis.default(5 * MINUTE),
});

export type SignatureRule = z.output<typeof signatureRule>;
