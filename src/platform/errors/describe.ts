import { EchoError } from './echo-error.js';

/** The message of anything thrown, as one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

/** The stable code of anything thrown: an `EchoError`'s own, a system error's (`ECONNREFUSED`), else `internal`. */
export function codeOf(error: unknown): string {
  if (error instanceof EchoError) return error.code;
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : 'internal';
}
