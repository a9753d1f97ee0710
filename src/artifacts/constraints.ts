import { type JsonObject, type JsonValue, isJsonList, isJsonObject, javaText, memberOf } from '../platform/json/index.js';
import { type CompiledPath, compilePath } from '../platform/json-path/index.js';
import type { PatternCompiler } from '../platform/regex/index.js';

/** Whether all constraints hold; else the first that does not, with what it wants and what is there. */
export type ConstraintOutcome =
  | { readonly kind: 'met' }
  | { readonly kind: 'unmet'; readonly key: string; readonly expected: string; readonly got: string };

const MET: ConstraintOutcome = { kind: 'met' };
const MAX_PATHS = 10_000;
const SHOWN = 200;

const shown = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

type Holds = { readonly kind: 'yes' } | { readonly kind: 'no'; readonly got: string };

const YES: Holds = { kind: 'yes' };
const no = (got: string): Holds => ({ kind: 'no', got: shown(got) });

/** Asks whether the values of an event satisfy what a trigger demands of them. Keeps compiled paths. */
export class ConstraintMatcher {
  private readonly paths = new Map<string, CompiledPath>();

  constructor(private readonly patterns: PatternCompiler) {}

  /** Each key must be there, and its text contain the constraint's pattern (core.md §4.1). */
  meetsPlain(constraints: JsonObject, values: JsonObject): ConstraintOutcome {
    return this.all(constraints, (key, wanted) => {
      const value = memberOf(values, key) ?? null;
      return value === null ? no('nothing') : this.contains(wanted, javaText(value));
    });
  }

  /** As `meetsPlain`; a key that is no member of the payload is a JsonPath into it (core.md §4.3). */
  meetsJsonPath(constraints: JsonObject, payload: JsonObject): ConstraintOutcome {
    return this.all(constraints, (key, wanted) => {
      const value = memberOf(payload, key) ?? null;
      return value === null ? this.atPath(key, wanted, payload) : this.contains(wanted, javaText(value));
    });
  }

  private all(constraints: JsonObject, holds: (key: string, wanted: JsonValue) => Holds): ConstraintOutcome {
    for (const key of Object.keys(constraints)) {
      const wanted = memberOf(constraints, key) ?? null;
      const answer = holds(key, wanted);
      if (answer.kind === 'no') {
        return { kind: 'unmet', key, expected: wanted === null ? 'any value' : javaText(wanted), got: answer.got };
      }
    }
    return MET;
  }

  private atPath(key: string, wanted: JsonValue, payload: JsonObject): Holds {
    const compiled = this.path(key);
    if (compiled.kind === 'invalid') return no(`the path is invalid: ${compiled.reason}`);
    const result = compiled.path.evaluate(payload);
    if (result.kind === 'missing') return no(result.reason ?? 'nothing');
    if (wanted === null) return no(javaText(result.value));
    if (isJsonList(result.value)) return this.anyContains(wanted, result.value);
    if (!isJsonObject(result.value)) return result.value === null ? no('null') : this.contains(wanted, javaText(result.value));
    return Object.keys(result.value).length === 0 ? this.contains(wanted, '') : no('an object');
  }

  /** Only texts are looked at: the original stops at the first element that is none, and so does this. */
  private anyContains(wanted: JsonValue, list: readonly JsonValue[]): Holds {
    for (const element of list) {
      if (typeof element !== 'string') break;
      if (this.contains(wanted, element).kind === 'yes') return YES;
    }
    return no(javaText(list));
  }

  private contains(wanted: JsonValue, text: string): Holds {
    if (wanted === null) return YES;
    const compiled = this.patterns.compile(javaText(wanted));
    if (compiled.kind === 'invalid') return no(`the pattern is invalid: ${compiled.reason}`);
    const outcome = compiled.pattern.find(text);
    if (outcome.kind === 'too-slow') return no(`the pattern took longer than ${outcome.limitMs} ms`);
    return outcome.kind === 'matched' ? YES : no(text);
  }

  private path(key: string): CompiledPath {
    const known = this.paths.get(key);
    if (known) return known;
    const compiled = compilePath(key, this.patterns);
    if (this.paths.size >= MAX_PATHS) this.paths.clear();
    this.paths.set(key, compiled);
    return compiled;
  }
}
