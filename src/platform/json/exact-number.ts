/**
 * A number that a JavaScript number would not give back as it was written: a whole number beyond 2^53, a fraction
 * with more digits than a double holds, or a double that happens to be whole (`1.0`, `1e10`) and must not turn into an
 * integer on its way through Echo.
 */
export class ExactNumber {
  /** @param token a number as JSON writes it */
  constructor(readonly token: string) {}

  /** Whether it was written without fraction and exponent. */
  get isInteger(): boolean {
    return !/[.eE]/.test(this.token);
  }

  valueOf(): number {
    return Number(this.token);
  }

  toString(): string {
    return this.token;
  }

  /** For a plain `JSON.stringify`, which can only write the nearest double; `stringifyJson` writes the token. */
  toJSON(): number {
    return Number(this.token);
  }
}

/** A double as a value of a document: told apart from an integer even where it is whole. */
export function doubleOf(value: number): number | ExactNumber {
  const text = String(value);
  return /^-?\d+$/.test(text) ? new ExactNumber(`${text}.0`) : value;
}
