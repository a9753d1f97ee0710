import { hash } from 'node:crypto';
import { ulidOf, ulidTime } from '../../platform/ids/index.js';
import { stringifyJson } from '../../platform/json/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import type { Trigger } from '../model/pipeline.js';
import type { StartRequest } from './start-request.js';

const digest = (...parts: readonly string[]): Buffer => hash('sha256', parts.join('\n'), 'buffer');

/**
 * Two triggers that differ only in their id start a pipeline once (decisions.md 2). What a handler fills in stands
 * wherever the stored trigger had it, or at the end, so the order of the members must not count.
 */
function contentOf(trigger: Trigger | undefined): string {
  if (!trigger) return '';
  const { id: _id, ...content } = trigger;
  const members = Object.entries(content as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(stringifyJson(Object.fromEntries(members))).toString('hex');
}

/** The unique key of a start: the same reason, pipeline and built trigger are the same start, whoever asks. */
export function startKey({ reason, pipeline, key }: Pick<StartRequest, 'reason' | 'pipeline' | 'key'>): string {
  if (key !== undefined) return key;
  return [reason, pipeline.id ?? `${pipeline.application}/${pipeline.name}`, contentOf(pipeline.trigger)].join('/');
}

/** The ids by which orca recognises a start. */
export interface StartIds {
  readonly executionId: string;
  readonly correlationId: string;
}

const CORRELATION = 'echo-';

/** An execution, as far as its ids tell who made them. */
interface Started {
  readonly id: string;
  readonly correlationId?: string | undefined;
}

/**
 * Stable ids from the key of a start: a repeat of the same start has the same ids, so that orca can be asked for it.
 *
 * @param at the instant of the event or slot; becomes the time of the ULID
 * @param attempt 0, and one more each time orca keeps a failed execution under the former id (decisions.md 1)
 */
export function startIds(key: string, at: number, attempt: number): StartIds {
  const bits = digest(key, String(attempt));
  return { executionId: ulidOf(at, bits), correlationId: `${CORRELATION}${bits.toString('hex', 0, 16)}` };
}

/**
 * The instant of the slot or event that an execution was started for, where Echo made its ids: whichever instance it
 * was, and whichever of its starts.
 */
export const startedFor = ({ id, correlationId }: Started): number | undefined =>
  correlationId?.startsWith(CORRELATION) ? ulidTime(id) : undefined;
