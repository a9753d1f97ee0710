import type { ReceivedEvent } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type Rejected, type Rejection, rejected, subjectOf } from '../../pipelines/index.js';
import type { IndexHolder } from '../index/index-holder.js';
import type { InvalidTriggers } from '../index/invalid-triggers.js';
import type { Candidate } from '../index/trigger-index.js';
import type { Inquiry } from '../inquiry.js';
import type { RepeatCheck } from '../repeats/repeat-check.js';
import type { CheckResult, CheckTools, TriggerHandler } from '../trigger-handler.js';
import { checkArtifacts } from './artifact-check.js';
import { type Match, type Matching, type Monitor, NO_MATCH } from './match.js';
import { requestHeadersOf } from './request-headers.js';
import type { TriggerPermission } from './trigger-permission.js';

/** How many rejections of one handler are kept for one event. */
const KEPT_REJECTIONS = 200;

type Outcome = { readonly kind: 'match'; readonly match: Match } | { readonly kind: 'no'; readonly verdict: Rejected };

const no = (verdict: Rejected): Outcome => ({ kind: 'no', verdict });

/** What all monitors have in common. */
export interface MonitorParts {
  readonly index: Pick<IndexHolder, 'current' | 'ready'>;
  readonly permission: Pick<TriggerPermission, 'denial' | 'failed'>;
  readonly invalid: Pick<InvalidTriggers, 'tell'>;
  readonly repeats: Pick<RepeatCheck, 'rejection'>;
  readonly tools: CheckTools;
}

/** What is known while one event is held against the triggers. */
interface Context {
  /** As the handler reads it. */
  readonly event: unknown;
  readonly received: ReceivedEvent;
  readonly inquiry: Inquiry;
}

/** Holds events against the triggers of one handler. A trigger that fails by itself hinders no other. */
export class TriggerMonitor implements Monitor {
  constructor(
    readonly name: string,
    private readonly handler: TriggerHandler,
    private readonly parts: MonitorParts,
  ) {}

  accepts(eventType: string): boolean {
    return this.handler.accepts(eventType);
  }

  async match(received: ReceivedEvent, inquiry: Inquiry): Promise<Matching> {
    const reading = this.handler.read(received.event, requestHeadersOf(received));
    if (reading.kind === 'idle') return NO_MATCH;
    if (reading.kind === 'unusable') return { ...NO_MATCH, unusable: reading.reason };
    const { event } = reading;
    const index = this.parts.index.current ?? (await this.parts.index.ready());
    const candidates = index.candidates(this.handler.triggerTypes, this.handler.eventKey(event));
    if (candidates.length === 0) return NO_MATCH;
    // Side by side, so that the look-ups of one trigger do not make the next one wait.
    const context = { event, received, inquiry };
    const outcomes = await Promise.all(candidates.map((candidate) => this.consider(candidate, context)));
    return this.matching(candidates, outcomes);
  }

  private matching(candidates: readonly Candidate[], outcomes: readonly Outcome[]): Matching {
    const matches: Match[] = [];
    const rejections: Rejection[] = [];
    let omitted = 0;
    for (const [i, { pipeline, trigger }] of candidates.entries()) {
      const outcome = outcomes[i];
      if (outcome?.kind === 'match') matches.push(outcome.match);
      else if (rejections.length >= KEPT_REJECTIONS) omitted++;
      else if (outcome) rejections.push({ ...subjectOf(this.name, pipeline, trigger), ...outcome.verdict });
    }
    return { matches, rejections, omitted };
  }

  private async consider(candidate: Candidate, context: Context): Promise<Outcome> {
    try {
      const off = switchedOff(candidate);
      if (off) return no(off);
      const checked = await this.informed(candidate, context);
      const verdict = this.firstRejection(candidate, checked.event) ?? (await this.denial(candidate, context));
      return verdict ? no(verdict) : await this.fill(candidate, checked);
    } catch (error) {
      this.parts.permission.failed(error);
      return no(rejected('trigger', 'a usable trigger', messageOf(error)));
    }
  }

  private async informed({ trigger }: Candidate, context: Context): Promise<Context> {
    if (!this.handler.lookUpForChecks) return context;
    return { ...context, event: await this.handler.lookUpForChecks(trigger, context.event, context.inquiry) };
  }

  private firstRejection(candidate: Candidate, event: unknown): Rejected | undefined {
    for (const { rule, check } of this.handler.checks) {
      const verdict = this.verdict(candidate, rule, check(candidate.trigger, event, this.parts.tools));
      if (verdict) return verdict;
    }
    return undefined;
  }

  private verdict(candidate: Candidate, rule: string, result: CheckResult): Rejected | undefined {
    if (result.kind === 'passed') return undefined;
    if (result.fault !== undefined) this.parts.invalid.tell(candidate, 'is at fault', `${rule}: ${result.fault}`);
    return rejected(rule, result.expected, result.got);
  }

  private denial(candidate: Candidate, { inquiry }: Context): Promise<Rejected | undefined> {
    return this.parts.permission.denial(candidate, inquiry);
  }

  private async fill(candidate: Candidate, context: Context): Promise<Outcome> {
    const { pipeline, trigger } = candidate;
    const { received, inquiry } = context;
    const event = (await this.handler.lookUpForFill?.(trigger, context.event, inquiry)) ?? context.event;
    const filled = this.handler.fill(trigger, event, received.event);
    const artifacts = checkArtifacts(candidate, filled.artifacts, this.parts.tools.patterns);
    const verdict =
      this.verdict(candidate, 'expectedArtifactIds', artifacts) ??
      (await this.parts.repeats.rejection(candidate, this.handler.newsKey?.(event), received));
    if (verdict) return no(verdict);
    const { monitor } = this.handler;
    const match: Match = {
      subject: subjectOf(this.name, pipeline, trigger),
      pipeline: { ...pipeline, trigger: filled.trigger, receivedArtifacts: filled.artifacts },
      tags: { monitor, application: pipeline.application, ...this.handler.tags?.(filled) },
      actAsCaller: false,
    };
    return { kind: 'match', match };
  }
}

function switchedOff({ pipeline, trigger }: Candidate): Rejected | undefined {
  if (pipeline.disabled) return rejected('pipeline enabled', 'true', 'false');
  return trigger.enabled ? undefined : rejected('trigger enabled', 'true', 'false');
}
