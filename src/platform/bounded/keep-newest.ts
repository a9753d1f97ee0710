/**
 * Forgets the oldest entries of a map that has more than `most`, in the order of insertion; answers how many. A tenth goes at once: to find
 * the first entry of a map costs the more, the more entries were deleted before it, so that has to be rare.
 */
export function keepNewest(map: Map<unknown, unknown>, most: number): number {
  if (map.size <= most) return 0;
  const surplus = Math.max(map.size - most, Math.floor(most / 10));
  let left = surplus;
  for (const key of map.keys()) {
    if (left-- <= 0) break;
    map.delete(key);
  }
  return surplus;
}
