import { type EchoError, codeOf, messageOf } from '../errors/index.js';
import { type HttpCall, NoAnswerError, type Reach, UnsendableCallError } from './http.js';
import { titleOf } from './title.js';
import { type KnownFault, tlsFault } from './tls-faults.js';

/** The call's own time limit has passed. */
export class DeadlineExceeded extends Error {
  readonly code = 'DEADLINE_EXCEEDED';
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
  }
}

/** Whoever made the call does not want the answer any more. */
export class CallAborted extends Error {
  readonly code = 'CALL_ABORTED';
  constructor(reason: unknown) {
    super('aborted', { cause: reason });
  }
}

/** When its turn came, whoever made the call did not want it sent any more. */
export class CallWithdrawn extends Error {
  readonly code = 'CALL_WITHDRAWN';
}

/** Our stable code and words for what Node and undici call their errors; some of theirs have an empty message. */
const FAULTS: Readonly<Record<string, KnownFault>> = {
  ECONNREFUSED: ['connection-refused', 'connection refused'],
  ENOTFOUND: ['unknown-host', 'the host name is not known'],
  EAI_AGAIN: ['unknown-host', 'the host name could not be looked up'],
  ETIMEDOUT: ['connect-timeout', 'the connection timed out'],
  UND_ERR_CONNECT_TIMEOUT: ['connect-timeout', 'no connection in time'],
  ECONNRESET: ['connection-reset', 'connection reset'],
  EPIPE: ['connection-reset', 'connection closed while sending'],
  UND_ERR_SOCKET: ['connection-reset', 'connection closed before the end of the answer'],
  UND_ERR_DESTROYED: ['shut-down', 'Echo is shutting down'],
  PROXY: ['proxy-failed'],
  DEADLINE_EXCEEDED: ['deadline-exceeded'],
  CALL_ABORTED: ['aborted'],
  CALL_WITHDRAWN: ['withdrawn', 'withdrawn before it was sent'],
};

/** What a call that brought no answer rejects with. */
export function faultOf(call: HttpCall, error: Error, reach: Reach): EchoError {
  const theirs = codeOf(error);
  if (theirs === 'UND_ERR_INVALID_ARG' || theirs === 'INTERNAL_ADDRESS')
    return unsendable(call, messageOf(error), error);
  const [code, words] = FAULTS[theirs] ?? tlsFault(error) ?? ['no-answer'];
  return new NoAnswerError(`${titleOf(call)}: ${words ?? messageOf(error)}`, reach, code, error);
}

export function unsendable(call: HttpCall, why: string, cause?: unknown): UnsendableCallError {
  return new UnsendableCallError(`${titleOf(call)} cannot be sent: ${why}`, cause);
}
