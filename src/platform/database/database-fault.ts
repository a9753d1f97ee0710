import { OverloadedError, messageOf } from '../errors/index.js';

const RETRY_AFTER_SECONDS = 1;

/**
 * SQLSTATE classes after which the same statement may succeed later: connection lost (08), resources short, disk full
 * (53), closed or shut down by an operator (55, 57), a system error such as I/O (58), a serialisation failure (40), read
 * only (25006); and a password or a database that is being replaced (28, 3D).
 */
const PASSING = /^(?:08|28|3D|40|53|55|57|58)...$|^25006$/;

const NETWORK = /ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH/;
const POOL =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|not queryable|Cannot use a pool after|Query read timeout/i;

const textAt = (error: unknown, name: string): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : '';
};

/** Whether the database failed for now and not because of what it was asked. */
export function isPassing(error: unknown): boolean {
  const code = textAt(error, 'code');
  return PASSING.test(code) || NETWORK.test(code) || POOL.test(messageOf(error));
}

/** What a sender is told: that it has to repeat where the database cannot take more for now, else the error itself. */
export function forSender(error: unknown): unknown {
  return isPassing(error)
    ? new OverloadedError(
        `The database takes nothing for now (${messageOf(error)}): send it again.`,
        RETRY_AFTER_SECONDS,
      )
    : error;
}
