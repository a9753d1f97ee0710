import { isObject, type Json } from './json.js';

/** What is expected: JSON in which a matcher may stand anywhere. */
export type Pattern = Matcher | null | boolean | number | string | Pattern[] | { [member: string]: Pattern };

/** What a comparison found: faults for people, and which actual id stood where a recorded one was. */
export interface Findings {
  readonly faults: string[];
  readonly ids: [recorded: string, actual: string][];
}

export function noFindings(): Findings {
  return { faults: [], ids: [] };
}

/** Something that a recording can't name exactly: an id, a moment, a text of ours. `undefined` means absent. */
export abstract class Matcher {
  abstract readonly expects: string;
  abstract inspect(actual: Json | undefined, path: string, findings: Findings): void;
}

class Where extends Matcher {
  constructor(
    readonly expects: string,
    private readonly accepts: (actual: Json | undefined) => boolean,
  ) {
    super();
  }

  inspect(actual: Json | undefined, path: string, { faults }: Findings): void {
    if (!this.accepts(actual)) faults.push(`${path}: expected ${this.expects}, got ${show(actual)}`);
  }
}

/** Anything that the condition accepts; `expects` completes the sentence "expected …". */
export function where(expects: string, accepts: (actual: Json | undefined) => boolean): Matcher {
  return new Where(expects, accepts);
}

const RANDOM_ID =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[0-7][0-9A-HJKMNP-TV-Z]{25})$/;

/** Whether a value is a version 4 UUID or a ULID. */
export function isRandomId(value: Json | undefined): value is string {
  return typeof value === 'string' && RANDOM_ID.test(value);
}

/** A random id. The comparison then sees to it that equal recorded ids stand for equal actual ones. */
export class RandomId extends Matcher {
  readonly expects = 'a random id';

  constructor(readonly recorded: string) {
    super();
  }

  inspect(actual: Json | undefined, path: string, findings: Findings): void {
    if (isRandomId(actual)) findings.ids.push([this.recorded, actual]);
    else findings.faults.push(`${path}: expected ${this.expects}, got ${show(actual)}`);
  }
}

/** An object that has at least these members. */
export class Containing extends Matcher {
  readonly expects = 'certain members';

  constructor(private readonly members: Readonly<Record<string, Pattern>>) {
    super();
  }

  inspect(actual: Json | undefined, path: string, findings: Findings): void {
    if (!isObject(actual)) {
      findings.faults.push(`${path}: expected an object, got ${show(actual)}`);
      return;
    }
    for (const [name, pattern] of Object.entries(this.members))
      diff(pattern, actual[name], `${path}.${name}`, findings);
  }
}

/** Adds to the findings how the actual value fails the pattern. The order of members is of no meaning. */
export function diff(pattern: Pattern | undefined, actual: Json | undefined, path: string, findings: Findings): void {
  if (pattern instanceof Matcher) pattern.inspect(actual, path, findings);
  else if (Array.isArray(pattern) && Array.isArray(actual)) diffLists(pattern, actual, path, findings);
  else if (isMembers(pattern) && isObject(actual)) diffMembers(pattern, actual, path, findings);
  else if (pattern !== actual) findings.faults.push(`${path}: expected ${show(pattern)}, got ${show(actual)}`);
}

function diffLists(pattern: Pattern[], actual: Json[], path: string, findings: Findings): void {
  const length = Math.max(pattern.length, actual.length);
  for (let i = 0; i < length; i++) diff(pattern[i], actual[i], `${path}[${i}]`, findings);
}

function diffMembers(
  pattern: Readonly<Record<string, Pattern>>,
  actual: Readonly<Record<string, Json>>,
  path: string,
  findings: Findings,
): void {
  for (const name of new Set([...Object.keys(pattern), ...Object.keys(actual)]))
    diff(pattern[name], actual[name], `${path}.${name}`, findings);
}

/** Whether a pattern is an object with members, not a matcher. */
export function isMembers(pattern: Pattern | undefined): pattern is { [member: string]: Pattern } {
  return typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern) && !(pattern instanceof Matcher);
}

const SHOWN_CHARACTERS = 200;

/** A value as short as a report can bear. */
export function show(value: Pattern | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, (_, inner: unknown) => (inner instanceof Matcher ? `<${inner.expects}>` : inner));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
