import { expandHash } from '../../cron/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { isJsonObject, parseJson, read } from '../../platform/json/index.js';
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

/** What somebody asks for with a scheduled action; `timezone` is undefined where none is given. */
export interface ActionRequest {
  readonly id: string;
  readonly application: string;
  readonly pipelineId: string;
  /** As it was written. */
  readonly cronExpression: string;
  readonly timezone: string | undefined;
  readonly runAsUser: string | undefined;
  readonly forceRebake: boolean;
}

const REQUIRED = ['id', 'application', 'pipelineId', 'cronExpression'] as const;

/** Quartz keeps expressions in capitals, and so they are shown. */
export const actionView = (trigger: CronTrigger): ActionView => ({
  id: trigger.id,
  application: trigger.application,
  pipelineId: trigger.pipelineId,
  cronExpression: trigger.expression.toUpperCase(),
  timezone: trigger.timeZone,
  runAsUser: trigger.runAsUser ?? null,
  forceRebake: trigger.rebake,
});

/** @throws InvalidRequestError that names the members which are missing */
export function readAction(body: string): ActionRequest {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) throw new InvalidRequestError('A scheduled action is a JSON object.');
  const text = (name: string): string => read.member(parsed, name, read.text) ?? '';
  const missing = REQUIRED.filter((name) => text(name).trim() === '');
  if (missing.length > 0) throw new InvalidRequestError(missing.map((name) => `${name} must not be blank`).join(','));
  return {
    id: text('id'),
    application: text('application'),
    pipelineId: text('pipelineId'),
    cronExpression: text('cronExpression'),
    timezone: text('timezone') || undefined,
    runAsUser: text('runAsUser') || undefined,
    forceRebake: read.member(parsed, 'forceRebake', read.flag),
  };
}

/**
 * The trigger of an action. An unknown zone is GMT, no zone is `scheduler.cron.timezone`.
 * @throws InvalidRequestError that says why the expression is none
 */
export function actionTrigger(request: ActionRequest, timetable: Timetable): CronTrigger {
  const { id, application, pipelineId, cronExpression, timezone, runAsUser, forceRebake } = request;
  return {
    key: triggerKey('user', id),
    group: 'user',
    id,
    application,
    pipelineId,
    cronExpression,
    expression: expressionOf(cronExpression, id, timetable),
    timeZone: timetable.zone(timezone).id,
    rebake: forceRebake,
    ...(runAsUser && { runAsUser }),
  };
}

function expressionOf(written: string, id: string, timetable: Timetable): string {
  const expanded = expandHash(written, id);
  const reading = expanded.kind === 'invalid' ? expanded : timetable.read(expanded.expression);
  if (expanded.kind === 'expanded' && reading.kind === 'valid') return expanded.expression;
  const reason = reading.kind === 'invalid' ? ` ${reading.message}` : '';
  throw new InvalidRequestError(`CronExpression '${written}' is invalid.${reason}`, 'invalid-cron-expression');
}
