import type { Artifact, ConstraintMatcher } from '../artifacts/index.js';
import type { EchoEvent } from '../events/index.js';
import { extensionPoint } from '../platform/extension/index.js';
import type { PatternCompiler } from '../platform/regex/index.js';
import type { Trigger } from '../pipelines/index.js';

/** What checks may use besides the trigger and the event; all of it without side effects. */
export interface CheckTools {
  readonly patterns: PatternCompiler;
  readonly constraints: ConstraintMatcher;
}

/** How one rule came out for one trigger and one event. */
export type CheckResult =
  { readonly kind: 'passed' } | { readonly kind: 'failed'; readonly expected: string; readonly got: string };

/** One rule that a trigger sets for an event. Rules are asked in order; the first that fails is the rejection. */
export interface Check<E> {
  /** The name of the rule as people see it, e.g. `tag`. */
  readonly rule: string;
  readonly check: (trigger: Trigger, event: E, tools: CheckTools) => CheckResult;
}

/** What a handler makes of an event. */
export type Reading<E> =
  | { readonly kind: 'event'; readonly event: E }
  /** It can start nothing by its nature: an unsuccessful build, an image without a tag. */
  | { readonly kind: 'idle'; readonly reason: string }
  /** It is not what its type promises. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** What orca is sent: the trigger filled in with the event, and the artifacts that the event brought. */
export interface Filled {
  readonly trigger: Trigger;
  readonly artifacts: readonly Artifact[];
}

/**
 * The rules of one family of triggers: pure functions that know nothing of other handlers. `E` is the event as the
 * handler understands it.
 */
export interface TriggerHandler<E = unknown> {
  /** The tag `monitor` of the metric `pipelines.triggered`: the original's name of the handler. */
  readonly monitor: string;
  /** The trigger types it reads, compared exactly. */
  readonly triggerTypes: readonly string[];
  /** Whether events of this type are its business. */
  accepts(eventType: string): boolean;
  read(event: EchoEvent): Reading<E>;
  /** What a trigger waits for, as a look-up key; a trigger that lacks a required member is incomplete. */
  triggerKey(trigger: Trigger): TriggerKey;
  /** The key of the triggers that may match an event: only those are checked. */
  eventKey(event: E): string;
  readonly checks: readonly Check<E>[];
  fill(trigger: Trigger, event: E, source: EchoEvent): Filled;
  /** Further tags of `pipelines.triggered`. */
  tags?(filled: Filled): Readonly<Record<string, string>>;
}

export type TriggerKey =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

export interface TriggerHandlerOptions {
  /** Names the handler in decisions and logs; unique. */
  readonly name: string;
}

export const triggerHandlers = extensionPoint<TriggerHandler, TriggerHandlerOptions>(
  'echo:trigger-handler',
  'trigger handler',
  ['accepts', 'read', 'triggerKey', 'eventKey', 'fill'],
);

/** Makes a provider a trigger handler. */
export const HandlesTriggers = triggerHandlers.decorator;

export const passed: CheckResult = { kind: 'passed' };

export const failed = (expected: string, got: string): CheckResult => ({ kind: 'failed', expected, got });

/** The key of a trigger made of members that must be there; a null or missing one makes the trigger incomplete. */
export function keyOf(trigger: Trigger, members: readonly (keyof Trigger)[]): TriggerKey {
  const missing = members.filter((member) => trigger[member] === undefined || trigger[member] === null);
  if (missing.length > 0) return { kind: 'incomplete', missing };
  return { kind: 'key', key: members.map((member) => String(trigger[member])).join('\n') };
}
