/** What an expression of PromQL names. */
export interface Named {
  readonly metrics: readonly string[];
  /** Of matchers and of groupings. */
  readonly labels: readonly string[];
}

const FUNCTIONS = [
  'sum',
  'max',
  'min',
  'rate',
  'increase',
  'histogram_quantile',
  'absent',
  'label_values',
  'clamp_min',
];
const WORDS = ['by', 'or', 'and', 'unless', 'on'];

const wordsIn = (text: string): string[] => text.match(/[a-zA-Z_][a-zA-Z0-9_]*/g) ?? [];

/** Good for the expressions that stand in our own files; a function it does not know is taken for a metric. */
export function namedIn(expression: string): Named {
  const labels: string[] = [];
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\{([^}]*)\}/g, (_all, matchers: string) => (labels.push(...wordsIn(matchers)), ''))
    .replace(/\b(?:by|on)\s*\(([^)]*)\)/g, (_all, grouping: string) => (labels.push(...wordsIn(grouping)), ''));
  const metrics = wordsIn(bare).filter((word) => !FUNCTIONS.includes(word) && !WORDS.includes(word));
  return { metrics, labels };
}
