import type nunjucks from 'nunjucks';
import { memberOfValue } from './jinja-members.js';
import { isTrue } from './jinja-truth.js';

interface Context {
  readonly env: nunjucks.Environment & { getTest(name: string): (value: unknown, other?: unknown) => boolean };
}
type Filter = (this: Context, value: never, ...args: never[]) => unknown;

const TESTS: Readonly<Record<string, string>> = { '==': 'equalto', '!=': 'ne' };

const orDefault = (value: unknown, otherwise: unknown = '', byTruth: unknown = false): unknown =>
  (byTruth === true ? isTrue(value) : value !== null && value !== undefined) ? value : otherwise;

/** Without empty parts and blanks around them. */
function split(value: unknown, by?: string): string[] {
  const parts = String(value).split(by ?? /\s+/);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A member of each item, or what another filter makes of it. */
function map(this: Context, list: readonly unknown[], what: string | { readonly attribute: string }): unknown[] {
  const name = typeof what === 'string' ? what : what.attribute;
  const made = (item: unknown): unknown =>
    typeof item === 'object' ? memberOfValue(item, name) : this.env.getFilter(name).call(this, item);
  return list.map((item) => made(item) ?? null);
}

const selecting =
  (wanted: boolean) =>
  (list: readonly unknown[], name: string, context: Context, test?: string, other?: unknown): unknown[] => {
    const passes = (value: unknown): boolean =>
      test === undefined ? isTrue(value) : context.env.getTest(TESTS[test] ?? test).call(context, value, other);
    return list.filter((item) => passes(memberOfValue(item, name)) === wanted);
  };
const selected = selecting(true);
const rejected = selecting(false);

/** What Jinjava's filters do where Nunjucks has none, or does otherwise. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  default: orDefault,
  d: orDefault,
  split,
  map,
  selectattr(list: readonly unknown[], name: string, test?: string, other?: unknown) {
    return selected(list, name, this, test, other);
  },
  rejectattr(list: readonly unknown[], name: string, test?: string, other?: unknown) {
    return rejected(list, name, this, test, other);
  },
  unique: (list: readonly unknown[]) => [...new Set(list)],
  tojson: (value: unknown) => JSON.stringify(value ?? null),
  escapejson: (value: unknown) => JSON.stringify(String(value ?? '')).slice(1, -1),
  cut: (value: unknown, what: string) => String(value).replaceAll(what, ''),
  regex_replace: (value: unknown, pattern: string, by: string) =>
    String(value).replaceAll(new RegExp(pattern, 'g'), by),
};
