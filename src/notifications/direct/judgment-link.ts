import { word } from '../events/phrases.js';
import type { DirectNotification } from './direct-notification.js';

/** The page of the execution, opened at the stage where the notification names one. */
export function judgmentLink(baseUrl: string, { source = {}, additionalContext }: DirectNotification): string {
  const page = `${baseUrl}/#/applications/${source.application ?? 'null'}/executions/details/${source.executionId ?? 'null'}`;
  const { stageId = null, restrictExecutionDuringTimeWindow: restricted = null } = additionalContext;
  if (stageId === null) return page;
  return `${page}?refId=${word(stageId)}${restricted === null ? '' : '&step=1'}`;
}
