import { hash } from 'node:crypto';
import type { CronTrigger } from './cron-trigger.js';

/** One instant at which a trigger is due: the identity of a firing. */
export interface Slot {
  readonly trigger: CronTrigger;
  /** Milliseconds since the epoch, whole seconds. */
  readonly at: number;
}

/**
 * The unique key of a slot's start, the same on every instance, in every region and after every restart. The zone is a
 * part of it: who moves a trigger to another zone means other slots, even where two of them fall together.
 */
export const slotKey = ({ trigger: { pipelineId, key, timeZone }, at }: Slot): string =>
  ['slot', pipelineId, key, timeZone, at].join('/');

/** The key under which it is recorded that a slot is another Echo's: its own stays free, should it become ours. */
export const anothersKey = (slot: Slot): string => `another/${slotKey(slot)}`;

/** The event id of a slot's start: looks like any other (a version 4 UUID), and is the same wherever it is made. */
export function slotEventId(slot: Slot): string {
  const bits = hash('sha256', slotKey(slot), 'buffer');
  bits.writeUInt8((bits.readUInt8(6) & 0x0f) | 0x40, 6);
  bits.writeUInt8((bits.readUInt8(8) & 0x3f) | 0x80, 8);
  return bits.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
