/** What counts as true in a condition of Jinjava's: no empty list or object, no zero, and no text that says `false`. */
export function isTrue(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value !== '' && value.toLowerCase() !== 'false';
  if (Array.isArray(value)) return value.length > 0;
  if (isData(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Objects of the data and of a template inherit nothing of note; the engine's own, such as marked texts, do. */
export function isData(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
