import type { JsonValue } from '../json/index.js';
import type { Condition } from './condition.js';

/** A path, read and ready to be evaluated. */
export interface Path {
  /** Where it starts: `$` the document, `@` the item that a filter looks at. */
  readonly start: '$' | '@';
  readonly steps: readonly Step[];
  /** By step, whether the steps before it can lead to one value at most. */
  readonly definiteBefore: readonly boolean[];
  /** Whether it can lead to one value at most; else its value is the list of all it leads to. */
  readonly definite: boolean;
}

export type Step =
  | { readonly kind: 'member'; readonly names: readonly string[] }
  | { readonly kind: 'every' }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | ({ readonly kind: 'slice' } & Slice)
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly Parameter[] };

export interface Slice {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** What a function is given in parentheses. Paths start at the document, wherever the function stands. */
export type Parameter =
  { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'path'; readonly path: Path };

export function isDefinite(step: Step, isLast: boolean): boolean {
  switch (step.kind) {
    case 'member':
      return isLast || step.names.length === 1;
    case 'index':
      return step.indexes.length === 1;
    case 'function':
      return true;
    default:
      return false;
  }
}

export function pathOf(start: '$' | '@', steps: readonly Step[]): Path {
  const definiteBefore = [true];
  let definite = true;
  for (const [at, step] of steps.entries()) {
    definite &&= isDefinite(step, at === steps.length - 1);
    definiteBefore.push(definite);
  }
  return { start, steps, definiteBefore, definite };
}

/** Whether the last step is a function, of that name if one is given. */
export function endsInFunction({ steps }: Path, name?: string): boolean {
  const last = steps.at(-1);
  return last?.kind === 'function' && (name === undefined || last.name === name);
}

/** The places in a list that a slice takes. Two bounds are only cut to the length: `[-1:2]` is the last, then the first two. */
export function* placesOf({ from, to }: Slice, length: number): Iterable<number> {
  const both = from !== undefined && to !== undefined;
  const start = both ? Math.max(from, -length) : Math.max(0, fromEnd(from ?? 0, length));
  const end = Math.min(length, both ? to : fromEnd(to ?? length, length));
  for (let at = start; at < end; at++) yield at;
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? length + index : index;
}

/**
 * A deep scan that ends in a function means the function of everything found, not of each find: `$..v.sum()` is
 * `$.sum($..v)`.
 */
export function functionOfScan(path: Path): Path {
  const { start, steps } = path;
  const at = steps.findIndex((step) => step.kind === 'function');
  const step = steps[at];
  if (steps[0]?.kind !== 'scan' || !endsInFunction(path) || step?.kind !== 'function') return path;
  const found: Parameter = { kind: 'path', path: pathOf(start, steps.slice(0, at)) };
  return pathOf('$', [{ ...step, parameters: [found] }, ...steps.slice(at + 1)]);
}
