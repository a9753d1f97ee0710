import type { JsonObject } from '../../../platform/json/index.js';
import { objectOf, objectsIn, textOf } from '../answers.js';
import { type EchoApi, good } from '../echo-api.js';
import type { Thing } from './taking.js';

const MEMBERS = ['id', 'application', 'pipelineId', 'cronExpression', 'timezone', 'runAsUser', 'forceRebake'];

/** What creates the action here: the zone is always said, since ours would be another where none is. */
const bodyOf = (action: JsonObject): JsonObject =>
  Object.fromEntries(MEMBERS.flatMap((name) => (action[name] === undefined ? [] : [[name, action[name]]])));

async function handMade(echo: EchoApi): Promise<JsonObject[]> {
  return objectsIn(objectOf(good(await echo.get('/scheduledActions')))['manuallyCreated']);
}

/** The scheduled actions that were made by hand. */
export async function actionsOf(theirs: EchoApi, ours: EchoApi): Promise<Thing[]> {
  const [from, known] = [await handMade(theirs), await handMade(ours)];
  const ids = new Set(known.map(({ id }) => id));
  return from.map((action) => {
    const { application, id, cronExpression } = action;
    const isThere = ids.has(id ?? null);
    return {
      what: 'scheduled action',
      name: `${textOf(application)}: ${textOf(id)}`,
      note: isThere ? '' : textOf(cronExpression),
      isThere,
      take: () => ours.post('/scheduledActions', bodyOf(action)),
    };
  });
}
