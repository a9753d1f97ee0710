import { setFlagsFromString } from 'node:v8';

/**
 * Has the heap double before it is swept; V8 would let it grow to four times of what lives in it. What passes through the
 * inbox and the outbox is remembered for a while and then let go, and V8 would heap up hundreds of megabytes of it. Much
 * less growth costs: starts wait for the sweeps (bench/latency.mjs, bench/notifications.mjs). For a process that is up:
 * on the way up everything stays alive.
 */
export const keepHeapLean = (): void => setFlagsFromString('--heap-growing-percent=100');
