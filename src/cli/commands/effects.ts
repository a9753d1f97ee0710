import { SystemClock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { objectOf, objectsIn, textOf } from './answers.js';
import type { Finding, Given } from './command.js';
import { type EchoApi, good } from './echo-api.js';
import { instant } from './instant.js';
import { table } from './table.js';

/** How commands say which dead effects they mean, beside naming them. */
export const WHICH = {
  kind: 'of this kind: start, notification, forward, publish …',
  from: 'written since: an instant, or so long ago: 90m, 24h, 7d',
  to: 'the same, else now',
};

/** Effects as people name them: by their ids, or by what they have in common. As Echo is asked for them. */
export type Meant = { readonly ids: string[] } | { readonly filter: Record<string, string> };

/** @throws InvalidRequestError where nothing is named: all dead effects is a span of time */
export function meant({ words, options: { kind, from, to } }: Pick<Given, 'words' | 'options'>): Meant {
  if (words.length > 0) return { ids: [...words] };
  if (kind === undefined && from === undefined) {
    throw new InvalidRequestError('Name the effects, or say which: --kind, --from.');
  }
  const now = new SystemClock().now();
  return {
    filter: {
      ...(kind !== undefined && { kind }),
      ...(from !== undefined && { from: instant(from, now) }),
      ...(to !== undefined && { to: instant(to, now) }),
    },
  };
}

/** The body of a request about them. */
export const bodyOf = (which: Meant): JsonObject => ('ids' in which ? { ids: which.ids } : which.filter);

async function effectsOf(echo: EchoApi, which: Meant): Promise<JsonObject[]> {
  if ('filter' in which) {
    const query = new URLSearchParams({ state: 'dead', limit: '1000', ...which.filter });
    return objectsIn(objectOf(good(await echo.get(`/effects?${query}`)))['effects']);
  }
  const found: JsonObject[] = [];
  for (const id of which.ids) found.push(objectOf(good(await echo.get(`/effects/${encodeURIComponent(id)}`))));
  return found;
}

const rowOf = ({ id, createdAt, kind, key, lastError }: JsonObject): string[] =>
  [id, createdAt, kind, key, lastError].map((value) => textOf(value).replaceAll('\n', ' '));

/** What is meant, for somebody who has not said --apply yet. */
export async function lookedAt(echo: EchoApi, which: Meant): Promise<Finding> {
  const effects = await effectsOf(echo, which);
  const dead = effects.filter(({ state, discarded }) => state === 'dead' && discarded === undefined);
  const rows = table(['effect', 'at', 'kind', 'what', 'why'], dead.map(rowOf));
  return { data: dead, text: rows ? `${rows}Nothing is done without --apply.\n` : 'No such effect is dead.\n' };
}
