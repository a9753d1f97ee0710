import { expandHash } from '../../cron/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonObject, isJsonObject, parseJson, read } from '../../platform/json/index.js';
import { type CronTrigger, type Timetable, triggerKey } from '../../slots/index.js';

/** A trigger as `/scheduledActions` shows it (edges.md §2.9). */
export interface ActionView {
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
  /** With `H` replaced. */
  readonly cronExpression: string;
  readonly timezone: string;
  readonly runAsUser: string | null;
  readonly forceRebake: boolean;
}

const REQUIRED = ['id', 'application', 'pipelineId', 'cronExpression'] as const;

export const actionView = (trigger: CronTrigger): ActionView => ({
  id: trigger.id,
  application: trigger.application,
  pipelineId: trigger.pipelineId,
  cronExpression: trigger.expression,
  timezone: trigger.timeZone,
  runAsUser: trigger.runAsUser ?? null,
  forceRebake: trigger.rebake,
});

/**
 * Reads a scheduled action as somebody posts it. An unknown zone is GMT, no zone is `scheduler.cron.timezone`.
 * @throws InvalidRequestError that names the members which are missing, or says why the expression is none
 */
export function readAction(body: string, timetable: Timetable): CronTrigger {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) throw new InvalidRequestError('A scheduled action is a JSON object.');
  const text = (name: string): string => read.member(parsed, name, read.text) ?? '';
  const missing = REQUIRED.filter((name) => text(name).trim() === '');
  if (missing.length > 0) throw new InvalidRequestError(missing.map((name) => `${name} must not be blank`).join(','));
  const [id, cronExpression, runAsUser] = [text('id'), text('cronExpression'), text('runAsUser')];
  return {
    key: triggerKey('user', id),
    group: 'user',
    id,
    application: text('application'),
    pipelineId: text('pipelineId'),
    cronExpression,
    expression: expressionOf(cronExpression, id, timetable),
    timeZone: timetable.zone(text('timezone') || undefined).id,
    rebake: flag(parsed, 'forceRebake'),
    ...(runAsUser && { runAsUser }),
  };
}

const flag = (body: JsonObject, name: string): boolean => read.member(body, name, read.flag) ?? false;

function expressionOf(written: string, id: string, timetable: Timetable): string {
  const expanded = expandHash(written, id);
  const reading = expanded.kind === 'invalid' ? expanded : timetable.read(expanded.expression);
  if (expanded.kind === 'expanded' && reading.kind === 'valid') return expanded.expression;
  const reason = reading.kind === 'invalid' ? ` ${reading.message}` : '';
  throw new InvalidRequestError(`CronExpression '${written}' is invalid.${reason}`, 'invalid-cron-expression');
}
