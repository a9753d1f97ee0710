import { z } from 'zod';
import { canonicalName } from '../key.js';

/** What a schema expects, as far as names and places go: enough to bind files and variables to it. */
export type Shape =
  | { readonly kind: 'truth' | 'number' | 'scalar' }
  /** Takes whatever is written. */
  | { readonly kind: 'anything' }
  | { readonly kind: 'list'; readonly item: Shape }
  /** Names are free, and kept as written. */
  | { readonly kind: 'map'; readonly value: Shape }
  /** Names are the schema's, found by their canonical form. */
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, Member>; readonly open: boolean };

export interface Member {
  readonly name: string;
  readonly shape: Shape;
}

type Wrapper = { unwrap(): unknown };
const WRAPPERS = [
  z.ZodOptional,
  z.ZodNullable,
  z.ZodDefault,
  z.ZodPrefault,
  z.ZodReadonly,
  z.ZodCatch,
  z.ZodNonOptional,
];

const isWrapper = (schema: unknown): schema is Wrapper => WRAPPERS.some((wrapper) => schema instanceof wrapper);

const SCALARS = [z.ZodString, z.ZodStringFormat, z.ZodEnum, z.ZodLiteral];

export const isScalar = ({ kind }: Shape): boolean => kind === 'truth' || kind === 'number' || kind === 'scalar';

/** Reads the shape off a schema; what it does not know takes anything. */
export function shapeOf(schema: unknown): Shape {
  if (isWrapper(schema)) return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return pipeShape(schema);
  if (schema instanceof z.ZodBoolean) return { kind: 'truth' };
  if (schema instanceof z.ZodNumber) return { kind: 'number' };
  if (SCALARS.some((scalar) => schema instanceof scalar)) return { kind: 'scalar' };
  if (schema instanceof z.ZodArray) return { kind: 'list', item: shapeOf(schema.element) };
  if (schema instanceof z.ZodRecord) return { kind: 'map', value: shapeOf(schema.valueType) };
  if (schema instanceof z.ZodObject) return objectShape(schema);
  if (schema instanceof z.ZodUnion) return unionShape(schema.options.map(shapeOf));
  return { kind: 'anything' };
}

/** `preprocess(f, schema)` has its form on the way out, `schema.transform(f)` on the way in. */
function pipeShape({ in: before, out }: z.ZodPipe): Shape {
  return shapeOf(before instanceof z.ZodTransform ? out : before);
}

function objectShape(schema: z.ZodObject): Shape {
  const members = Object.entries(schema.shape).map(
    ([name, member]) => [canonicalName(name), { name, shape: shapeOf(member) }] as const,
  );
  const { catchall } = schema.def;
  const open = catchall !== undefined && !(catchall instanceof z.ZodNever);
  return { kind: 'members', members: new Map(members), open };
}

function unionShape(options: readonly Shape[]): Shape {
  const objects = options.filter((option) => option.kind === 'members');
  if (objects.length > 0) {
    const members = new Map(objects.flatMap((option) => [...option.members]));
    return { kind: 'members', members, open: objects.some((option) => option.open) };
  }
  return options.find((option) => option.kind === 'list' || option.kind === 'map') ?? { kind: 'anything' };
}
