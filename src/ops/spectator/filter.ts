import { InvalidRequestError } from '../../platform/errors/index.js';
import type { CompiledPattern, PatternCompiler } from '../../platform/regex/index.js';
import type { Meter, TaggedPoints } from './meters.js';

/** What a scraper may ask for: only what matches all that it names, each from its first to its last character. */
export interface MeterQuery {
  readonly meterNameRegex?: string;
  readonly tagNameRegex?: string;
  readonly tagValueRegex?: string;
}

type Test = (text: string) => boolean;

function testOf(patterns: PatternCompiler, name: keyof MeterQuery, source: string | undefined): Test {
  if (!source) return () => true;
  const compiled = patterns.compile(source);
  if (compiled.kind === 'invalid') {
    throw new InvalidRequestError(`${name} is no regular expression: ${compiled.reason}`, 'invalid-pattern');
  }
  return (text) => isMatch(compiled.pattern, text);
}

const isMatch = (pattern: CompiledPattern, text: string): boolean => pattern.matchesAll(text).kind === 'matched';

/** The meters that a query asks for. Throws 400 where it is no regular expression. */
export function asked(
  meters: ReadonlyMap<string, Meter>,
  query: MeterQuery,
  patterns: PatternCompiler,
): Record<string, Meter> {
  const isName = testOf(patterns, 'meterNameRegex', query.meterNameRegex);
  const isTagName = testOf(patterns, 'tagNameRegex', query.tagNameRegex);
  const isTagValue = testOf(patterns, 'tagValueRegex', query.tagValueRegex);
  const isOpen = !query.tagNameRegex && !query.tagValueRegex;
  const hasTag = ({ tags }: TaggedPoints): boolean =>
    isOpen || tags.some(({ key, value }) => isTagName(key) && isTagValue(value));
  const found = [...meters].flatMap(([name, { kind, values }]) => {
    const kept = isName(name) ? values.filter(hasTag) : [];
    return kept.length > 0 ? [[name, { kind, values: kept }] as const] : [];
  });
  return Object.fromEntries(found);
}
