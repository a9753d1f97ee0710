import { type JsonValue, setMember } from '../json/index.js';

/** Methods of values of one type by name; the value comes first. They make other values and change at most lists and objects. */
export type Methods<T> = Readonly<Record<string, (value: T, ...args: readonly unknown[]) => unknown>>;

/** As Java's: by a regular expression, without the empty parts at the end. */
function split(text: string, by: unknown, limit: unknown = 0): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { 0: found, index } of text.matchAll(new RegExp(String(by), 'g'))) {
    if (parts.length + 1 === Number(limit)) break;
    if (found === '' && (index === 0 || index === text.length)) continue;
    parts.push(text.slice(start, index));
    start = index + found.length;
  }
  parts.push(text.slice(start));
  if (parts.length > 1 && Number(limit) === 0) while (parts.at(-1) === '') parts.pop();
  return parts;
}

const native =
  (name: 'substring' | 'indexOf' | 'lastIndexOf' | 'startsWith' | 'endsWith' | 'charAt' | 'concat' | 'slice') =>
  (text: string, ...args: readonly unknown[]): unknown =>
    (text[name] as (...all: readonly unknown[]) => unknown).apply(text, [...args]);

const upper = (text: string): string => text.toUpperCase();
const lower = (text: string): string => text.toLowerCase();
const trim = (text: string): string => text.trim();
const contains = (text: string, what: unknown): boolean => text.includes(String(what));
const isEmpty = ({ length }: { readonly length: number }): boolean => length === 0;

/** Java's, and what Python calls them. */
export const METHODS_OF_TEXTS: Methods<string> = {
  split,
  substring: native('substring'),
  indexOf: native('indexOf'),
  lastIndexOf: native('lastIndexOf'),
  startsWith: native('startsWith'),
  startswith: native('startsWith'),
  endsWith: native('endsWith'),
  endswith: native('endsWith'),
  charAt: native('charAt'),
  concat: native('concat'),
  slice: native('slice'),
  toLowerCase: lower,
  lower,
  toUpperCase: upper,
  upper,
  trim,
  strip: trim,
  contains,
  includes: contains,
  length: (text) => text.length,
  isEmpty,
  equals: (text, other) => text === other,
  equalsIgnoreCase: (text, other) => lower(text) === lower(String(other)),
  matches: (text, pattern) => new RegExp(`^(?:${String(pattern)})$`).test(text),
  // Java's takes the replacement as it stands.
  replace: (text, what, by) => text.replaceAll(String(what), () => String(by)),
  replaceAll: (text, pattern, by) => text.replaceAll(new RegExp(String(pattern), 'g'), String(by)),
  replaceFirst: (text, pattern, by) => text.replace(new RegExp(String(pattern)), String(by)),
};

const append = (list: unknown[], item: unknown): boolean => list.push(item) > 0;

export const METHODS_OF_LISTS: Methods<unknown[]> = {
  size: (list) => list.length,
  isEmpty,
  get: (list, index) => list[Number(index)],
  contains: (list, item) => list.includes(item),
  indexOf: (list, item) => list.indexOf(item),
  add: append,
  append,
};

type Members = Record<string, unknown>;

const keys = (object: Members): string[] => Object.keys(object);

export const METHODS_OF_OBJECTS: Methods<Members> = {
  size: (object) => keys(object).length,
  isEmpty: (object) => keys(object).length === 0,
  put: (object, name, value) => {
    setMember(object as Record<string, JsonValue>, String(name), value as JsonValue);
  },
  get: (object, name) => (Object.hasOwn(object, String(name)) ? object[String(name)] : undefined),
  containsKey: (object, name) => Object.hasOwn(object, String(name)),
  keys,
  keySet: keys,
  values: (object) => Object.values(object),
  items: (object) => Object.entries(object),
  entrySet: (object) => Object.entries(object).map(([key, value]) => ({ key, value })),
};
