import type { z } from 'zod';
import type { Setting } from '../../platform/settings/index.js';
import { type Entry, whereOf } from '../entry.js';
import type { Fault } from '../fault.js';
import { type Names, isWithin, keyOf, pathOf, segmentsOf } from '../key.js';
import { redacted } from '../redact.js';

type Issue = z.core.$ZodIssue;

/** Schema types in the words of these messages. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['record', 'an object'],
  ['array', 'a list'],
]);

function needed(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPES.get(issue.expected) ?? issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`;
  return issue.message.replace(/^[^:]*: expected /, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step], value);
}

function shown(value: unknown, key: string, secret: boolean): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return `'${redacted(String(value), key, secret)}'`;
}

/** The place of what is wrong; of what is missing the place of the nearest thing around it. */
function placeOfIssue(names: Names, entries: readonly Entry[]): string {
  for (let length = names.length; length > 0; length--) {
    const path = pathOf(names.slice(0, length));
    const [entry] = entries.filter((candidate) => isWithin(candidate.path, path));
    if (entry) return whereOf(entry.origin);
  }
  return 'nowhere';
}

/** Says what a schema found wrong with a value: where, under which key, what was got and what is needed. */
export function issueFault(setting: Setting<unknown>, issue: Issue, value: unknown, entries: readonly Entry[]): Fault {
  const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : String(step)));
  const names = [...segmentsOf(setting.key), ...steps];
  const key = keyOf(names);
  const got = valueAt(value, issue.path);
  const need = steps.length === 0 ? setting.typeName : needed(issue);
  const problem =
    got === undefined
      ? `is missing, valid: ${need}`
      : `got ${shown(got, key, setting.secret === true)}, valid: ${need}`;
  return { where: placeOfIssue(names, entries), key, problem };
}
