import type { Artifact, ConstraintMatcher } from '../artifacts/index.js';
import type { EchoEvent } from '../events/index.js';
import { extensionPoint } from '../platform/extension/index.js';
import type { PatternCompiler } from '../platform/regex/index.js';
import type { Trigger } from '../pipelines/index.js';
import type { Inquiry } from './inquiry.js';
import type { TriggerKey } from './trigger-key.js';

/** What checks may use besides the trigger and the event; all of it without side effects. */
export interface CheckTools {
  readonly patterns: PatternCompiler;
  readonly constraints: ConstraintMatcher;
}

/** How one rule came out for one trigger and one event. */
export type CheckResult =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      readonly expected: string;
      readonly got: string;
      /** Set where the trigger is to blame and not the event: why its pattern cannot be used. */
      readonly fault?: string | undefined;
    };

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

/** The headers of the request that brought an event, name → values. */
export type RequestHeaders = Readonly<Record<string, readonly string[]>>;

/** What orca is sent: the trigger filled in with the event, and the artifacts that the event brought. */
export interface Filled {
  readonly trigger: Trigger;
  readonly artifacts: readonly Artifact[];
}

/**
 * The rules of one family of triggers: pure functions that know nothing of other handlers. `E` is the event as the
 * handler understands it. A handler that has to ask somebody does so in its look-ups and nowhere else: what they find
 * becomes part of the event, so that checks and `fill` see data only.
 */
export interface TriggerHandler<E = unknown> {
  /** The tag `monitor` of the metric `pipelines.triggered`: the original's name of the handler. */
  readonly monitor: string;
  /** The trigger types it reads, compared exactly. */
  readonly triggerTypes: readonly string[];
  /** Whether events of this type are its business. */
  accepts(eventType: string): boolean;
  /**
   * @param headers with those that nobody else may see (signatures): they must not get into a trigger or a message.
   *   Throws `CoercionError` where a member has the wrong type: the event is unusable.
   */
  read(event: EchoEvent, headers: RequestHeaders): Reading<E>;
  /** What a trigger waits for, as a look-up key; a trigger that lacks a required member is incomplete. */
  triggerKey(trigger: Trigger): TriggerKey;
  /** The key of the triggers that may match an event: only those are checked. */
  eventKey(event: E): string;
  /** The event with what the checks need to know for this trigger. A look-up that throws is the trigger's rejection. */
  lookUpForChecks?(trigger: Trigger, event: E, inquiry: Inquiry): Promise<E>;
  readonly checks: readonly Check<E>[];
  /** The event with what `fill` needs; asked only when the trigger has matched and its user may run the pipeline. */
  lookUpForFill?(trigger: Trigger, event: E, inquiry: Inquiry): Promise<E>;
  fill(trigger: Trigger, event: E, source: EchoEvent): Filled;
  /** Further tags of `pipelines.triggered`. */
  tags?(filled: Filled): Readonly<Record<string, string>>;
  /** What the event tells, by which a sender that repeats itself is found out (`events.dedupe.builds`). */
  newsKey?(event: E): string;
}

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

/** As `failed`, where no event could pass because the trigger's pattern is of no use. */
export const faulty = (expected: string, fault: string): CheckResult => ({
  kind: 'failed',
  expected,
  got: fault,
  fault,
});
