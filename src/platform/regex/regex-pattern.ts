import { harmlessLength, isAnchored, MAX_UNGUARDED_STEPS } from './effort.js';
import { linearForm } from './linear-form.js';
import { LinearSearch } from './linear-search.js';
import { nativeForm } from './native-form.js';
import { outcomeOf, type CompiledPattern, type MatchOutcome, type PatternEngine } from './outcome.js';
import type { Node } from './syntax.js';
import type { TimeGuard } from './time-guard.js';
import type { UnicodeTables } from './unicode-tables.js';

/** The native engine for one way of matching, and the length up to which it cannot take long on any text. */
interface NativeSearch {
  readonly regExp: RegExp;
  readonly harmlessLength: number;
}

/** What a pattern that is not a literal needs from its compiler. */
export interface RegexPatternParts {
  readonly source: string;
  readonly root: Node;
  readonly tables: UnicodeTables;
  readonly guard: TimeGuard;
  /** Steps the native engine may take unguarded; `MAX_UNGUARDED_STEPS` if absent. */
  readonly maxSteps?: number;
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
    this.finder ??= this.native((source) => source, isAnchored(this.parts.root));
    if (text.length <= this.finder.harmlessLength) return outcomeOf(this.finder.regExp.test(text));
    if (this.linear?.covers(text)) return this.linear.find(text);
    return this.guarded(this.finder.regExp, text);
  }

  matchesAll(text: string): MatchOutcome {
    this.matcher ??= this.native((source) => `^(?:${source})$`, true);
    if (text.length <= this.matcher.harmlessLength) return outcomeOf(this.matcher.regExp.test(text));
    if (this.linear?.covers(text)) return this.linear.matchesAll(text);
    return this.guarded(this.matcher.regExp, text);
  }

  private guarded(regExp: RegExp, text: string): MatchOutcome {
    return this.parts.guard.run(() => regExp.test(text));
  }

  private native(frame: (source: string) => string, startsAtOnce: boolean): NativeSearch {
    const { root, tables, maxSteps = MAX_UNGUARDED_STEPS } = this.parts;
    const { source, flags } = nativeForm(root, tables);
    return {
      regExp: new RegExp(frame(source), flags),
      harmlessLength: harmlessLength(root, startsAtOnce, maxSteps),
    };
  }
}
