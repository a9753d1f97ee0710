/**
 * Forgets the oldest entries of a map that has more than `most`, in the order of insertion. A tenth goes at once: to find
 * the first entry of a map costs the more, the more entries were deleted before it, so that has to be rare.
 */
export function keepNewest(map: Map<unknown, unknown>, most: number): void {
  let surplus = Math.max(map.size - most, Math.floor(most / 10));
  if (map.size <= most) return;
  for (const key of map.keys()) {
    if (surplus-- <= 0) return;
    map.delete(key);
  }
}
