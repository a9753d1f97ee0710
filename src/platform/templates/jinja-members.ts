import { METHODS_OF_LISTS, METHODS_OF_OBJECTS, METHODS_OF_TEXTS, type Methods } from './jinja-methods.js';

/**
 * What a template may reach from a value: own members, the length of a text, and elements, counted from the end where
 * the index is negative. Whatever is inherited, `constructor` above all, does not exist.
 */
export function memberOfValue(value: unknown, name: unknown): unknown {
  const key = String(name);
  if (typeof value === 'string') return key === 'length' || /^\d+$/.test(key) ? value[key as 'length'] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) && /^-\d+$/.test(key)) return (value as unknown[]).at(Number(key));
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** What a method gives. Of a value that is not there every method gives nothing, as in the original. */
export function callMethod(value: unknown, name: unknown, args: readonly unknown[]): unknown {
  if (value === null || value === undefined) return undefined;
  const own = memberOfValue(value, name);
  if (typeof own === 'function') return (own as (...all: readonly unknown[]) => unknown).apply(value, [...args]);
  const key = String(name);
  const methods = methodsOf(value);
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (!method) throw new TypeError(`there is no method ${key} of a ${typeof value}`);
  return method(value as never, ...args);
}

function methodsOf(value: unknown): Methods<never> {
  if (typeof value === 'string') return METHODS_OF_TEXTS;
  if (Array.isArray(value)) return METHODS_OF_LISTS;
  return typeof value === 'object' ? METHODS_OF_OBJECTS : {};
}
