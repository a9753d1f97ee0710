/** A column of milliseconds since the epoch: PostgreSQL's bigint, which its driver gives as text. */
export const millisColumn = {
  type: 'bigint',
  transformer: {
    to: (value: unknown): unknown => value,
    from: (text: string | null): number | null => (text === null ? null : Number(text)),
  },
} as const;
