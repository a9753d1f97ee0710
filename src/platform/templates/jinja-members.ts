const TEXT_METHODS: ReadonlySet<string> = new Set([
  ...['split', 'substring', 'indexOf', 'lastIndexOf', 'startsWith', 'endsWith', 'trim'],
  ...['toLowerCase', 'toUpperCase', 'charAt', 'concat', 'slice', 'includes'],
]);
/** What Java and Python call these methods. */
const OTHER_NAMES: Readonly<Record<string, string>> = Object.assign(Object.create(null) as Record<string, string>, {
  contains: 'includes',
  lower: 'toLowerCase',
  upper: 'toUpperCase',
  strip: 'trim',
  startswith: 'startsWith',
  endswith: 'endsWith',
});

/**
 * What a template may reach from a value: own members, the length, and methods of texts that only make other texts.
 * Whatever is inherited, `constructor` above all, does not exist.
 */
export function memberOfValue(value: unknown, name: unknown): unknown {
  const key = String(name);
  if (typeof value === 'string') return memberOfText(value, key);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) return undefined;
  if (key === 'items') return () => Object.entries(value);
  return key === 'keys' ? () => Object.keys(value) : undefined;
}

function memberOfText(text: string, key: string): unknown {
  if (key === 'length' || /^\d+$/.test(key)) return text[key as 'length'];
  // Java's replaces every occurrence, and takes the replacement as it stands.
  if (key === 'replace') return (what: unknown, by: unknown) => text.replaceAll(String(what), () => String(by));
  const method = OTHER_NAMES[key] ?? key;
  if (!TEXT_METHODS.has(method)) return undefined;
  return (...values: unknown[]) => (text[method as 'concat'] as (...all: unknown[]) => unknown).apply(text, values);
}
