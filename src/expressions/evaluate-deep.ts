import {
  type JsonObject,
  type JsonValue,
  isJsonList,
  isJsonObject,
  javaText,
  keysOf,
  memberOf,
  setMember,
} from '../platform/json/index.js';
import { evaluateWithin, nullReason } from './evaluate-template.js';
import type { EvaluationOptions } from './evaluation-options.js';
import { LIMITS } from './limits.js';
import { newRun, type Run } from './run.js';
import { isTemplate } from './template.js';

export interface DeepOptions extends EvaluationOptions {
  /** Every result becomes a text, as the fields of an artifact want it; a list or a map is refused. Default false. */
  readonly textOnly?: boolean;
}

/** A text that stands as it was, or still holds an expression. */
export interface Kept {
  /** Where in the value: `defaultArtifact.reference`, `tags[0]`. */
  readonly path: string;
  readonly text: string;
  readonly reason: string;
}

export interface DeepOutcome {
  /** The same object where nothing in it changed. */
  readonly value: JsonValue;
  readonly kept: readonly Kept[];
}

/**
 * Evaluates every text, and every name of a member, that holds `${`. All of them share one budget: when it is used up,
 * the rest is kept. Never throws.
 */
export function evaluateDeep(value: JsonValue, root: JsonObject, options: DeepOptions): DeepOutcome {
  const walk = new Walk(newRun(root, options), options.textOnly ?? false);
  return { value: walk.value(value, '', 0), kept: walk.kept };
}

class Walk {
  readonly kept: Kept[] = [];

  constructor(
    private readonly run: Run,
    private readonly textOnly: boolean,
  ) {}

  value(value: JsonValue, path: string, depth: number): JsonValue {
    if (typeof value === 'string') return isTemplate(value) ? this.text(value, path, this.textOnly) : value;
    if (depth === LIMITS.depth) return value;
    if (isJsonList(value)) return this.list(value, path, depth + 1);
    return isJsonObject(value) ? this.object(value, path, depth + 1) : value;
  }

  private list(list: readonly JsonValue[], path: string, depth: number): JsonValue {
    const items = list.map((item, at) => this.value(item, `${path}[${at}]`, depth));
    return items.some((item, at) => item !== list[at]) ? items : list;
  }

  private object(object: JsonObject, path: string, depth: number): JsonValue {
    const result: Record<string, JsonValue> = {};
    let changed = false;
    for (const key of keysOf(object)) {
      const place = path === '' ? key : `${path}.${key}`;
      const before = memberOf(object, key) ?? null;
      const name = isTemplate(key) ? String(this.text(key, place, true)) : key;
      const after = this.value(before, place, depth);
      setMember(result, name, after);
      changed ||= name !== key || after !== before;
    }
    return changed ? result : object;
  }

  private text(text: string, path: string, textOnly: boolean): JsonValue {
    const outcome = evaluateWithin(text, this.run);
    if (outcome.kind === 'kept') return this.keep(text, path, outcome.reason);
    if (outcome.unresolved.length > 0) this.keep(text, path, nullReason(outcome.unresolved));
    if (!textOnly) return outcome.value;
    const isNested = isJsonList(outcome.value) || isJsonObject(outcome.value);
    return isNested
      ? this.keep(text, path, 'it gives a list or a map where a text is needed')
      : javaText(outcome.value);
  }

  private keep(text: string, path: string, reason: string): string {
    this.kept.push({ path, text, reason });
    return text;
  }
}
