import type { Pipeline, StartRequest, Trigger } from '../pipelines/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { type Slot, slotEventId, slotKey } from './slot.js';

/** The trigger that orca is told for a slot: of what is configured, only this (core.md §6.6). */
function triggerOf(slot: Slot): Trigger {
  const { group, id, cronExpression, parameters, runAsUser, rebake } = slot.trigger;
  return {
    id,
    type: 'cron',
    enabled: group === 'pipeline',
    cronExpression,
    preferred: false,
    ...(parameters && { parameters }),
    ...(runAsUser && { runAsUser }),
    rebake,
    dryRun: false,
    eventId: slotEventId(slot),
  };
}

/** The request to start a pipeline for a slot, at its instant. */
export function slotStart(slot: Slot, pipeline: Pipeline): StartRequest {
  const key = slotKey(slot);
  return {
    pipeline: { ...pipeline, trigger: triggerOf(slot) },
    source: 'CRON_SCHEDULER',
    reason: key,
    key,
    at: slot.at,
    notBefore: slot.at,
    identity: NOBODY,
    actAsCaller: false,
    cause: { triggerId: slot.trigger.id, slot: slot.at },
  };
}
