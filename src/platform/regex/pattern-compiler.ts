import { JavaProperties } from './java-properties.js';
import { LiteralPattern, literalText } from './literal-pattern.js';
import type { CompiledPattern, CompileOutcome } from './outcome.js';
import { JavaParser } from './parser.js';
import { PatternFault } from './pattern-fault.js';
import { RegexPattern } from './regex-pattern.js';
import { relax } from './relax.js';
import { walk, type Node } from './syntax.js';
import { TimeGuard } from './time-guard.js';
import { UnicodeTables } from './unicode-tables.js';

const MAX_SOURCE_LENGTH = 10_000;
/** A class such as `\p{L}` has hundreds of ranges; this many, written out, are a megabyte. */
const MAX_RANGES = 100_000;
const DEFAULT_LIMIT_MS = 50;
const DEFAULT_MAX_CACHED = 10_000;

export interface PatternCompilerOptions {
  /** How long one search may take on the backtracking engine, in milliseconds; 50 if absent. */
  readonly limitMs?: number;
  /** How many patterns are kept, those used last; 10,000 if absent. */
  readonly maxCached?: number;
  /** Steps the native engine may take without a time limit; 0 sends every search to the pattern's own engine. */
  readonly maxUnguardedSteps?: number;
}

/**
 * Compiles the regular expressions that users write, in the dialect of java.util.regex (Java 17, no flags), into patterns
 * that can never hang the process, and keeps the ones in use.
 *
 * @example
 * const outcome = new PatternCompiler().compile('release/.*');
 * if (outcome.kind === 'compiled') outcome.pattern.matchesAll('release/1.2'); // { kind: 'matched' }
 */
export class PatternCompiler {
  private readonly tables = new UnicodeTables();
  private readonly properties = new JavaProperties(this.tables);
  private readonly guard: TimeGuard;
  private readonly maxCached: number;
  /** In the order of their last use: a map keeps the order of insertion. */
  private readonly cache = new Map<string, CompileOutcome>();

  constructor(private readonly options: PatternCompilerOptions = {}) {
    this.guard = new TimeGuard(options.limitMs ?? DEFAULT_LIMIT_MS);
    this.maxCached = options.maxCached ?? DEFAULT_MAX_CACHED;
  }

  /** The same source gives the same outcome object as long as it is kept. Never throws. */
  compile(source: string): CompileOutcome {
    const outcome = this.cache.get(source) ?? this.compileNew(source);
    this.cache.delete(source);
    this.cache.set(source, outcome);
    if (this.cache.size > this.maxCached) this.forgetOldest();
    return outcome;
  }

  private forgetOldest(): void {
    for (const source of this.cache.keys()) {
      this.cache.delete(source);
      return;
    }
  }

  private compileNew(source: string): CompileOutcome {
    try {
      return { kind: 'compiled', pattern: this.patternOf(source) };
    } catch (error) {
      if (error instanceof PatternFault) return { kind: 'invalid', reason: error.message };
      throw error;
    }
  }

  private patternOf(source: string): CompiledPattern {
    if (source.length > MAX_SOURCE_LENGTH) throw new PatternFault(`it is longer than ${MAX_SOURCE_LENGTH} characters`);
    const root = relax(new JavaParser(source, this.tables, this.properties).parse());
    if (rangesIn(root) > MAX_RANGES) throw new PatternFault('its character classes are too large');
    const literal = literalText(root);
    return literal === undefined ? this.regexPattern(source, root) : new LiteralPattern(source, literal);
  }

  private regexPattern(source: string, root: Node): CompiledPattern {
    const { tables, guard } = this;
    const maxSteps = this.options.maxUnguardedSteps;
    return new RegexPattern({ source, root, tables, guard, ...(maxSteps === undefined ? {} : { maxSteps }) });
  }
}

function rangesIn(root: Node): number {
  let ranges = 0;
  for (const node of walk(root)) if (node.kind === 'set') ranges += node.chars.ranges.length;
  return ranges;
}
