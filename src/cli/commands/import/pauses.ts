import type { JsonObject } from '../../../platform/json/index.js';
import { objectsIn, textOf } from '../answers.js';
import type { EchoApi } from '../echo-api.js';
import { type Thing, answerOf } from './taking.js';

async function pausesIn(echo: EchoApi): Promise<JsonObject[]> {
  return objectsIn(await answerOf(echo.get('/triggers/cron/pauses')));
}

const nameOf = ({ scope, name }: JsonObject): string => `${textOf(scope)} ${textOf(name)}`;

const pathOf = ({ scope, name }: JsonObject): string => {
  const place = encodeURIComponent(textOf(name));
  return scope === 'application' ? `/applications/${place}/cron/pause` : `/triggers/cron/${place}/pause`;
};

/** The cron triggers, and applications, that are paused; who paused them stays in the note. */
export async function pausesOf(theirs: EchoApi, ours: EchoApi): Promise<Thing[]> {
  const from = await pausesIn(theirs);
  const known = new Set(from.length > 0 ? (await pausesIn(ours)).map(nameOf) : []);
  return from.map((pause) => {
    const note = [textOf(pause['note']), `paused by ${textOf(pause['by'])}`].filter(Boolean).join('; ');
    return {
      what: 'pause',
      name: nameOf(pause),
      note,
      isThere: known.has(nameOf(pause)),
      take: () => ours.put(pathOf(pause), { note }),
    };
  });
}
