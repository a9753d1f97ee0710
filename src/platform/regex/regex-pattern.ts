import { linearForm } from './linear-form.js';
import { LinearSearch } from './linear-search.js';
import { NativeSearch } from './native-search.js';
import { outcomeOf, type CompiledPattern, type MatchOutcome, type PatternEngine } from './outcome.js';
import type { Node } from './syntax.js';
import type { TimeGuard } from './time-guard.js';
import type { UnicodeTables } from './unicode-tables.js';

/** What a pattern that is not a literal needs from its compiler. */
export interface RegexPatternParts {
  readonly source: string;
  readonly root: Node;
  readonly tables: UnicodeTables;
  readonly guard: TimeGuard;
  /** Steps the native engine may take without a time limit. */
  readonly maxSteps: number;
}

/**
 * A pattern that runs natively on texts too short for it to take long, which is several times faster than anything else;
 * on longer ones on the linear engine if that can express it, and under the time guard if not.
 */
export class RegexPattern implements CompiledPattern {
  readonly source: string;
  readonly engine: PatternEngine;
  private readonly linear: LinearSearch | undefined;
  private finder: NativeSearch | undefined;
  private matcher: NativeSearch | undefined;

  constructor(private readonly parts: RegexPatternParts) {
    const form = linearForm(parts.root);
    this.source = parts.source;
    this.linear = form && new LinearSearch(form, parts.guard);
    this.engine = form ? 'linear' : 'backtracking';
  }

  find(text: string): MatchOutcome {
    this.finder ??= this.native('find');
    if (text.length <= this.finder.harmlessLength) return outcomeOf(this.finder.test(text));
    if (this.linear?.covers(text)) return this.linear.find(text);
    return this.guarded(this.finder, text);
  }

  matchesAll(text: string): MatchOutcome {
    this.matcher ??= this.native('matchesAll');
    if (text.length <= this.matcher.harmlessLength) return outcomeOf(this.matcher.test(text));
    if (this.linear?.covers(text)) return this.linear.matchesAll(text);
    return this.guarded(this.matcher, text);
  }

  private native(mode: 'find' | 'matchesAll'): NativeSearch {
    const { root, tables, maxSteps } = this.parts;
    return new NativeSearch(root, tables, { mode, maxSteps });
  }

  private guarded(search: NativeSearch, text: string): MatchOutcome {
    return this.parts.guard.run(() => search.test(text));
  }
}
