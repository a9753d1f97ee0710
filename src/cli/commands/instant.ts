const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An instant as Echo reads one: as it was written, or so long ago (`90m`, `24h`, `7d`). */
export function instant(text: string, now: number): string {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  return count === undefined ? text : String(now - Number(count) * (UNITS[unit] ?? 0));
}
