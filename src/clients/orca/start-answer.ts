import { BadAnswerError, NoAnswerError, UnsendableCallError, UnusableAnswerError } from '../../platform/http/index.js';
import { type JsonValue, isJsonObject } from '../../platform/json/index.js';

/** What became of one try to start a pipeline. `code` is stable, for metrics; `message` is for people. */
export type StartAnswer =
  /** `ref` is orca's name of the execution: `/pipelines/<id>`. */
  | { readonly kind: 'accepted'; readonly ref: string }
  /** Orca said no and started nothing; `retryable` where the same may succeed later. */
  | { readonly kind: 'refused'; readonly retryable: boolean; readonly code: string; readonly message: string }
  /** Orca may have started it all the same: ask for the execution before trying again (decisions.md 1). */
  | { readonly kind: 'unclear'; readonly code: string; readonly message: string }
  /** Whoever asked for it did not want it sent any more. */
  | { readonly kind: 'withdrawn'; readonly message: string }
  /** Nothing reached orca. */
  | { readonly kind: 'unsent'; readonly code: string; readonly message: string };

/** A successful answer without a reference comes from something in between, such as a proxy's page. */
export function startAnswerOf(body: JsonValue): StartAnswer {
  const ref = isJsonObject(body) ? body['ref'] : undefined;
  if (typeof ref === 'string' && ref !== '') return { kind: 'accepted', ref };
  return { kind: 'unclear', code: 'unusable-answer', message: 'orca accepted the start without naming an execution' };
}

/** Orca stores a failed execution before it answers 5xx, so only other statuses say that nothing was started. */
export function failedStart(error: unknown): StartAnswer {
  if (error instanceof NoAnswerError && error.code === 'withdrawn')
    return { kind: 'withdrawn', message: error.message };
  if (error instanceof NoAnswerError)
    return { kind: error.reach === 'unsent' ? 'unsent' : 'unclear', ...reasonOf(error) };
  if (error instanceof BadAnswerError && error.answer.status < 500) {
    return { kind: 'refused', retryable: error.retryable, ...reasonOf(error) };
  }
  if (error instanceof BadAnswerError || error instanceof UnusableAnswerError) {
    return { kind: 'unclear', ...reasonOf(error) };
  }
  if (error instanceof UnsendableCallError) return { kind: 'refused', retryable: false, ...reasonOf(error) };
  throw error;
}

const reasonOf = ({ code, message }: { code: string; message: string }): { code: string; message: string } => ({
  code,
  message,
});
