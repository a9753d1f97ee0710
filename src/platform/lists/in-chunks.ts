/** The things in lists of at most so many, at least one in each. */
export function inChunks<T>(things: readonly T[], size: number): T[][] {
  const most = Math.max(1, size);
  return Array.from({ length: Math.ceil(things.length / most) }, (_, i) => things.slice(i * most, (i + 1) * most));
}
