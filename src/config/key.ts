/** The segments of a key as somebody wrote them: names, and `[0]` for a place in a list. */
export type Names = readonly string[];

const SEGMENT = /\[\d+\]|[^.[\]]+/g;

/** Takes `rest.endpoints[0].url` apart. Names in brackets count as names, as in Spring's `[X.Y]`. */
export function segmentsOf(key: string): Names {
  return key.match(SEGMENT) ?? [key];
}

/** The place in a list that a segment stands for, if it does. */
export function placeOf(segment: string): number | undefined {
  return segment.startsWith('[') ? Number(segment.slice(1, -1)) : undefined;
}

/** Joins segments to a key that people read. */
export function keyOf(names: Names): string {
  return names.join('.').replaceAll('.[', '[');
}

/** `baseUrl`, `base-url`, `base_url` and `BASEURL` are one name. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '') || name;
}

/** What two spellings of one key have in common; the key of every look-up. */
export function pathOf(names: Names): string {
  return keyOf(names.map(canonicalName));
}

/** Whether `path` is `ancestor` itself or lies inside it. Both are canonical. */
export function isWithin(path: string, ancestor: string): boolean {
  if (!path.startsWith(ancestor)) return false;
  const next = path[ancestor.length];
  return next === undefined || next === '.' || next === '[';
}
