import { type CompiledPath, compilePath } from '../platform/json-path/index.js';
import { type JsonObject, type JsonValue, javaText, keysOf, memberOf, withoutNulls } from '../platform/json/index.js';
import type { PatternCompiler } from '../platform/regex/index.js';
import { type Reading, memberReading, pathReading } from './reading.js';

/** How the constraints of a trigger came out. `expected` is the constraint, `got` a short text for people. */
export type ConstraintOutcome =
  | { readonly kind: 'met' }
  | {
      readonly kind: 'unmet';
      readonly key: string;
      readonly expected: string;
      readonly got: string;
      /** Set where the constraint is to blame and not the payload: why its pattern or path cannot be used. */
      readonly fault?: string;
    };

/** What was read from one payload, for all triggers that ask. */
interface Readings {
  readonly document: JsonObject;
  readonly byPath: Map<string, Reading>;
}

const MET: ConstraintOutcome = { kind: 'met' };
const MAX_PATHS = 10_000;
const MAX_SHOWN = 100;

/**
 * Decides whether a payload meets the constraints of triggers: maps from a key to a regular expression of the Java
 * dialect that must be found somewhere in the text of the key's value. Compiled patterns and paths are kept, as is what
 * was read from a payload as long as the payload lives.
 */
export class ConstraintMatcher {
  private readonly paths = new Map<string, CompiledPath>();
  private readonly readings = new WeakMap<JsonObject, Readings>();

  constructor(private readonly patterns: PatternCompiler) {}

  /** Keys are names of members (core.md §4.1): each must be there; a null constraint asks for no more. */
  meetsPlain(constraints: JsonObject, values: JsonObject): ConstraintOutcome {
    for (const key of keysOf(constraints)) {
      const result = this.meetsMember(key, constraints[key] ?? null, memberOf(values, key));
      if (result.kind === 'unmet') return result;
    }
    return MET;
  }

  /**
   * Keys are names of members or else JsonPaths (core.md §4.3). A path must lead to a text, number or truth value, or
   * to a list of texts one of which meets the constraint; it needs a constraint that is not null. Without a payload
   * nothing is met, not even no constraints.
   */
  meetsJsonPath(constraints: JsonObject, payload: JsonObject | null | undefined): ConstraintOutcome {
    if (!payload) return { kind: 'unmet', key: '', expected: 'a payload', got: 'none' };
    for (const key of keysOf(constraints)) {
      const constraint = constraints[key] ?? null;
      const member = memberOf(payload, key) ?? null;
      const result =
        member === null ? this.meetsPath(key, constraint, payload) : this.meetsMember(key, constraint, member);
      if (result.kind === 'unmet') return result;
    }
    return MET;
  }

  private meetsMember(key: string, constraint: JsonValue, value: JsonValue | undefined): ConstraintOutcome {
    if (value === undefined || value === null) return unmet(key, constraint, 'nothing');
    return constraint === null ? MET : this.isFound(key, javaText(constraint), memberReading(value));
  }

  private meetsPath(key: string, constraint: JsonValue, payload: JsonObject): ConstraintOutcome {
    const reading = this.readPath(key, payload);
    if (reading.fault !== undefined) return faulty(key, constraint, reading.fault);
    if (constraint === null) return unmet(key, null, reading.otherwise ?? 'a path, which needs a pattern');
    return this.isFound(key, javaText(constraint), reading);
  }

  private isFound(key: string, source: string, { texts, otherwise }: Reading): ConstraintOutcome {
    const compiled = this.patterns.compile(source);
    if (compiled.kind === 'invalid') return faulty(key, source, `an invalid pattern: ${compiled.reason}`);
    for (const text of texts) {
      const outcome = compiled.pattern.find(text);
      if (outcome.kind === 'matched') return MET;
      if (outcome.kind === 'too-slow') {
        return faulty(key, source, `a pattern that takes longer than ${outcome.limitMs} ms`);
      }
    }
    return unmet(key, source, otherwise ?? texts.join(', '));
  }

  private readPath(key: string, payload: JsonObject): Reading {
    const { document, byPath } = this.readingsOf(payload);
    const known = byPath.get(key);
    if (known !== undefined) return known;
    const reading = pathReading(key, this.pathOf(key), document);
    byPath.set(key, reading);
    return reading;
  }

  /** Paths do not see members that are null: the original writes the payload without them before it looks. */
  private readingsOf(payload: JsonObject): Readings {
    const known = this.readings.get(payload);
    if (known !== undefined) return known;
    const readings = { document: withoutNulls(payload), byPath: new Map<string, Reading>() };
    this.readings.set(payload, readings);
    return readings;
  }

  private pathOf(text: string): CompiledPath {
    const known = this.paths.get(text);
    if (known !== undefined) return known;
    if (this.paths.size >= MAX_PATHS) this.paths.clear();
    const path = compilePath(text, this.patterns);
    this.paths.set(text, path);
    return path;
  }
}

function unmet(key: string, constraint: JsonValue, got: string): ConstraintOutcome & { readonly kind: 'unmet' } {
  const expected = constraint === null ? 'any value' : javaText(constraint);
  return { kind: 'unmet', key, expected, got: got.length > MAX_SHOWN ? `${got.slice(0, MAX_SHOWN)}…` : got };
}

function faulty(key: string, constraint: JsonValue, fault: string): ConstraintOutcome {
  return { ...unmet(key, constraint, fault), fault };
}
