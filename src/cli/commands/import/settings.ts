import { EchoError } from '../../../platform/errors/index.js';
import { type JsonObject, stringifyJson } from '../../../platform/json/index.js';
import { objectOf, objectsIn, textOf } from '../answers.js';
import type { ApiAnswer, EchoApi } from '../echo-api.js';
import { type Thing, answerOf } from './taking.js';

async function changesIn(echo: EchoApi): Promise<JsonObject[]> {
  return objectsIn(objectOf(await answerOf(echo.get('/admin/config')))['inForce']);
}

const nameOf = ({ key, cluster }: JsonObject): string =>
  typeof cluster === 'string' ? `${textOf(key)} (cluster ${cluster})` : textOf(key);

const valueOf = ({ value }: JsonObject): string => stringifyJson(value ?? null);

/** Which of the two fires when is told to each of them by itself. */
const isOfEach = ({ key }: JsonObject): boolean =>
  ['scheduler.triggers.from', 'scheduler.triggers.until'].includes(textOf(key));

/** How an Echo shows what is secret. */
const HIDDEN = '***';

const hidden = (): Promise<ApiAnswer> =>
  Promise.reject(new EchoError('it is a secret, which is not shown: set it by hand', { code: 'hidden' }));

/** The live settings that were changed through the API. One that was changed here too stays as it is. */
export async function settingsOf(theirs: EchoApi, ours: EchoApi): Promise<Thing[]> {
  const from = (await changesIn(theirs)).filter((change) => !isOfEach(change));
  const known = new Map(from.length > 0 ? (await changesIn(ours)).map((change) => [nameOf(change), change]) : []);
  return from.map((change) => {
    const { key, value = null, cluster, by, why } = change;
    const here = known.get(nameOf(change));
    const body = {
      value,
      why: `${textOf(why)}; changed by ${textOf(by)}`,
      ...(typeof cluster === 'string' && { cluster }),
    };
    return {
      what: 'setting',
      name: nameOf(change),
      note: here && valueOf(here) !== valueOf(change) ? `as ${valueOf(here)}, not ${valueOf(change)}` : valueOf(change),
      isThere: here !== undefined,
      take: () =>
        valueOf(change).includes(HIDDEN)
          ? hidden()
          : ours.put(`/admin/config/${encodeURIComponent(textOf(key))}`, body),
    };
  });
}
