import { type CheckResult, type CheckTools, failed, faulty, passed } from './trigger-handler.js';

/** Whether a user's pattern matches a whole text; a pattern that is invalid or too slow does not. */
export function fullMatch(pattern: string, text: string, { patterns }: CheckTools): CheckResult {
  const compiled = patterns.compile(pattern);
  if (compiled.kind === 'invalid') return faulty(pattern, `the pattern ${pattern} is invalid: ${compiled.reason}`);
  const outcome = compiled.pattern.matchesAll(text);
  switch (outcome.kind) {
    case 'matched':
      return passed;
    case 'unmatched':
      return failed(pattern, text);
    case 'too-slow':
      return faulty(pattern, `the pattern ${pattern} took longer than ${outcome.limitMs} ms on ${text}`);
  }
}
