import { RE2JS, RE2JSException } from 're2js';
import type { JsonValue } from '../../platform/json/index.js';
import type { Budget } from '../budget.js';
import { ExpressionFault, quoted } from '../expression-fault.js';
import { LIMITS } from '../limits.js';

/** About as many instructions of a compiled pattern run in a unit of work, counting the second pass. */
const INSTRUCTIONS_PER_UNIT = 5;

/** Compiling: reading a pattern, and the instructions that a few characters such as `a{999}` can become. */
const UNITS_PER_PATTERN_CHARACTER = 100;
const UNITS_PER_INSTRUCTION = 10;

/** Inside a class, Java takes `[` and `&&` for set operations and RE2 for characters: such patterns are refused. */
const CLASS_OPERATION = /\[\^?\]?[^\]]*(?:\[|&&)/;
const ESCAPE = /\\[\s\S]/g;

/**
 * `replaceAll` and `replaceFirst` with Java's `$1` and `\$` in the replacement, on an engine without backtracking.
 * What that engine lacks (look-around, back-references) is a fault.
 */
export function regexReplace(
  text: string,
  pattern: string,
  replacement: string,
  which: 'all' | 'first',
  budget: Budget,
): string {
  return translatingFaults(pattern, () => {
    const regex = compile(pattern, budget);
    const groups = replacement.split('$').length - 1;
    const { count, characters } = findAll(regex, text, budget);
    budget.admitText(text.length + count * replacement.length + groups * characters);
    const matcher = regex.matcher(text);
    return which === 'all' ? matcher.replaceAll(replacement, true) : matcher.replaceFirst(replacement, true);
  });
}

/** Java's `split`: at most `limit` parts if that is positive; if it is 0, empty parts at the end are dropped. */
export function regexSplit(text: string, pattern: string, limit: number, budget: Budget): readonly JsonValue[] {
  return translatingFaults(pattern, () => {
    const regex = compile(pattern, budget);
    budget.admitList(findAll(regex, text, budget).count + 1);
    return regex.split(text, limit);
  });
}

/** Pays for finding every match, each of which may look at all the rest of the text, before the real pass. */
function findAll(regex: RE2JS, text: string, budget: Budget): { count: number; characters: number } {
  const matcher = regex.matcher(text);
  const found = { count: 0, characters: 0 };
  let at = 0;
  do {
    budget.spend(Math.ceil(((text.length - at + 1) * regex.programSize()) / INSTRUCTIONS_PER_UNIT));
    if (!matcher.find()) return found;
    at = matcher.end();
    found.count++;
    found.characters += at - matcher.start();
  } while (at <= text.length);
  return found;
}

function compile(pattern: string, budget: Budget): RE2JS {
  if (pattern.length > LIMITS.patternLength) {
    throw new ExpressionFault(`a pattern has over ${LIMITS.patternLength} characters`);
  }
  if (CLASS_OPERATION.test(pattern.replaceAll(ESCAPE, ''))) {
    throw new ExpressionFault(`the pattern ${quoted(pattern)} nests character classes`);
  }
  budget.spend(pattern.length * UNITS_PER_PATTERN_CHARACTER);
  const regex = RE2JS.compile(pattern);
  budget.spend(regex.programSize() * UNITS_PER_INSTRUCTION);
  return regex;
}

function translatingFaults<T>(pattern: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new ExpressionFault(`the pattern ${quoted(pattern)} cannot be used: ${error.message}`);
  }
}
