import { z } from 'zod';
import { member } from '../platform/settings/index.js';

/** Schemas of what all systems have in their lists of subscriptions and publishers. */
export const option = {
  /** A text that says something. */
  name: member.text.refine((text) => text.trim() !== '', { message: 'a text that is not empty' }),
  /** A path, or nothing where the text is empty. */
  path: member.text.transform((text) => text || undefined).optional(),
  /** One of a closed list of words in upper case, in whatever case it is written. */
  word: <const T extends string>(values: readonly [T, ...T[]]): z.ZodType<T> =>
    z.preprocess((value) => (typeof value === 'string' ? value.toUpperCase() : value), z.enum(values)) as never,
};
