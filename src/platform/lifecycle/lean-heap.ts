import { setFlagsFromString } from 'node:v8';

/**
 * Has the heap grow by two fifths of what lives in it before it is swept; V8 would let it grow to four times of that. What
 * passes through the inbox and the outbox is remembered for a while and then let go, and V8 would heap up hundreds of
 * megabytes of it. Sweeping more often costs nothing that could be measured (bench/notifications.mjs). For a process
 * that is up: on the way up everything stays alive.
 */
export const keepHeapLean = (): void => setFlagsFromString('--heap-growing-percent=40');
