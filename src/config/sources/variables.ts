import type { Setting } from '../../platform/settings/index.js';
import { type Entry, entryOf } from '../entry.js';
import type { Environment } from '../environment.js';
import { type Names, segmentsOf } from '../key.js';
import { type Shape, isScalar, shapeOf } from '../values/shape.js';
import { takeKey, takeName, tokensOf } from './variable-names.js';

/** A list of more elements comes from a file; the limit keeps `X_999999999` from meaning a list that long. */
const PLACE = /^\d{1,3}$/;

/** The rest of a key that tokens spell inside a shape; `undefined` where the shape has no such place. */
function namesInside(tokens: readonly string[], shape: Shape): Names | undefined {
  if (tokens.length === 0) return [];
  switch (shape.kind) {
    case 'list':
      return placeInside(tokens, shape.item);
    case 'members':
      return memberInside(tokens, [...shape.members.values()]);
    case 'map':
      return nameInside(tokens, shape.value);
    default:
      return undefined;
  }
}

function placeInside([place = '', ...rest]: readonly string[], item: Shape): Names | undefined {
  const inner = PLACE.test(place) ? namesInside(rest, item) : undefined;
  return inner && [`[${Number(place)}]`, ...inner];
}

function memberInside(
  tokens: readonly string[],
  members: readonly { readonly name: string; readonly shape: Shape }[],
): Names | undefined {
  for (const { name, shape } of members) {
    const rest = takeName(tokens, name);
    const inner = rest && namesInside(rest, shape);
    if (inner) return [name, ...inner];
  }
  return undefined;
}

/** A free name is one token, or all that are left where only a text can follow: `…PROPERTIES_MAIL_SMTP_AUTH`. */
function nameInside([name = '', ...rest]: readonly string[], value: Shape): Names | undefined {
  if (isScalar(value)) return [name, ...rest];
  const inner = namesInside(rest, value);
  return inner && [name, ...inner];
}

interface Target {
  readonly names: Names;
  readonly shape: Shape;
}

function namesOf(variable: string, targets: readonly Target[]): Names | undefined {
  const tokens = tokensOf(variable);
  for (const { names, shape } of targets) {
    const rest = takeKey(tokens, names);
    const inner = rest && namesInside(rest, shape);
    if (inner) return [...names, ...inner];
  }
  return undefined;
}

/** A secret can be named by itself or by the file that it is in: `SLACK_TOKEN`, `SLACK_TOKEN_FILE`. */
function targetsOf({ key, schema, secret }: Setting<unknown>): Target[] {
  const target = { names: segmentsOf(key), shape: shapeOf(schema) };
  return secret ? [target, { names: segmentsOf(`${key}File`), shape: { kind: 'scalar' } }] : [target];
}

/** The variables that stand for a known key or a place inside one; all others are none of Echo's business. */
export function variableEntries(environment: Environment, settings: readonly Setting<unknown>[]): Entry[] {
  const targets = settings.flatMap(targetsOf).sort((a, b) => b.names.length - a.names.length);
  return Object.entries(environment).flatMap(([name, text]) => {
    const names = text ? namesOf(name, targets) : undefined;
    return names && text ? [entryOf(names, text, { kind: 'variable', name })] : [];
  });
}
