/** The switches of a Java pattern, as letters of an inline modifier such as `(?i)`. */
export interface Flags {
  readonly i: boolean;
  readonly d: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly u: boolean;
  readonly x: boolean;
  readonly U: boolean;
}

export const NO_FLAGS: Flags = { i: false, d: false, m: false, s: false, u: false, x: false, U: false };

/** The letters of an inline modifier; `c` (canonical equivalence) is allowed there, but Java gives it no effect. */
export const FLAG_LETTER = /[idmsuxUc]/;

/** `U` (Unicode classes) always brings and takes `u` (Unicode case) with it. */
export function withFlags(flags: Flags, letters: string, on: boolean): Flags {
  const changed: Record<string, boolean> = {};
  for (const letter of letters) {
    changed[letter] = on;
    if (letter === 'U') changed['u'] = on;
  }
  return { ...flags, ...changed };
}
