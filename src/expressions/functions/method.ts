import { ExpressionFault, quoted } from '../expression-fault.js';
import type { Run } from '../run.js';
import type { Value } from '../values/value.js';
import { Arguments } from './arguments.js';

type Body<T> = (self: T, args: Arguments, run: Run) => Value;

/** One function of the closed list: how many arguments it takes, and what it does. */
export interface Method<T> {
  readonly least: number;
  readonly most: number;
  readonly body: Body<T>;
}

/** Functions by name. A `Map`, so that no name reaches something inherited. */
export type Methods<T> = ReadonlyMap<string, Method<T>>;

export function takes<T>(least: number, body: Body<T>): Method<T>;
export function takes<T>(least: number, most: number, body: Body<T>): Method<T>;
export function takes<T>(least: number, ...rest: readonly [Body<T>] | readonly [number, Body<T>]): Method<T> {
  const [most, body] = rest.length === 1 ? [least, rest[0]] : rest;
  return { least, most, body };
}

export function methods<T>(list: Readonly<Record<string, Method<T>>>): Methods<T> {
  return new Map(Object.entries(list));
}

/** Calls the function of that name. `owner` is for the message: `a text`. @throws ExpressionFault if there is none */
export function call<T>(
  table: Methods<T>,
  owner: string,
  name: string,
  self: T,
  values: readonly Value[],
  run: Run,
): Value {
  const method = table.get(name);
  if (method === undefined) throw new ExpressionFault(`${owner} has no function ${quoted(name)}`);
  const fits = values.length >= method.least && values.length <= method.most;
  if (!fits) throw new ExpressionFault(`${quoted(name)} does not take ${values.length} arguments`);
  return method.body(self, new Arguments(values, run.budget), run);
}
