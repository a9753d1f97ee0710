/** What one expression, and all expressions of one call, may cost. Nothing here is a time: work units bound the time. */
export const LIMITS = {
  /** Characters of one expression, where the caller sets nothing else: the default of the original's framework. */
  expressionLength: 10_000,
  /** Words and signs of one expression. Also bounds how deep a chain such as `1+1+1…` makes the tree. */
  tokens: 2_000,
  /** Parentheses, operands and branches inside each other; each level costs a dozen stack frames. */
  nesting: 100,
  /** Lists and maps inside each other in a value that is written out. */
  depth: 200,
  /** Units of work of one call; one visited node is a unit and takes about 100 ns. */
  work: 1_000_000,
  /** Characters of a text that an expression makes. */
  textLength: 1_000_000,
  /** Items of a list that an expression makes. */
  items: 10_000,
  /** Characters of the pattern of a regular replacement or split: compiling costs more than linear time. */
  patternLength: 500,
} as const;
