/** Stands for every value beyond the limit. */
export const OTHER = 'other';

/**
 * Keeps a tag whose values strangers choose from growing without end: the first `limit` values are themselves, all
 * later ones are `other`.
 */
export class BoundedTag {
  private readonly known = new Set<string>();

  constructor(private readonly limit: number) {}

  of(value: string): string {
    if (this.known.has(value)) return value;
    if (this.known.size >= this.limit) return OTHER;
    this.known.add(value);
    return value;
  }
}
