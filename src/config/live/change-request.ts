import { z } from 'zod';
import type { JsonValue } from '../../platform/json/index.js';

const LONGEST = 1000;
const text = z.string().trim().min(1).max(LONGEST);

/** The body that changes a setting. */
export const changeRequest = z.strictObject({
  value: z.custom<JsonValue>((value) => value !== undefined && value !== null, {
    message: 'is missing; to take a change back, DELETE it',
  }),
  why: text,
  cluster: text.optional(),
});

/** The query that takes a change back. */
export const takeBackRequest = z.strictObject({ why: text, cluster: text.optional() });
