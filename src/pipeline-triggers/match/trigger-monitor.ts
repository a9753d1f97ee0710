import type { ReceivedEvent } from '../../events/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { type Decision, type Verdict, rejected, subjectOf } from '../../pipelines/index.js';
import type { Candidate } from '../index/trigger-index.js';
import type { IndexHolder } from '../index/index-holder.js';
import type { CheckTools, TriggerHandler } from '../trigger-handler.js';
import { artifactRejection } from './artifact-check.js';
import { type Match, type Matching, type Monitor, NO_MATCH } from './match.js';
import type { TriggerPermission } from './trigger-permission.js';

/** How many rejections of one handler are kept for one event. */
const KEPT_REJECTIONS = 200;

type Outcome = { readonly kind: 'match'; readonly match: Match } | { readonly kind: 'no'; readonly verdict: Verdict };

/** Holds events against the triggers of one handler. A trigger that fails by itself hinders no other. */
export class TriggerMonitor implements Monitor {
  constructor(
    readonly name: string,
    private readonly handler: TriggerHandler,
    private readonly index: IndexHolder,
    private readonly permission: TriggerPermission,
    private readonly tools: CheckTools,
  ) {}

  accepts(eventType: string): boolean {
    return this.handler.accepts(eventType);
  }

  async match({ event: source }: ReceivedEvent): Promise<Matching> {
    const reading = this.handler.read(source);
    if (reading.kind === 'idle') return NO_MATCH;
    if (reading.kind === 'unusable') return { ...NO_MATCH, unusable: reading.reason };
    const index = this.index.current ?? (await this.index.ready());
    const candidates = index.candidates(this.handler.triggerTypes, this.handler.eventKey(reading.event));
    if (candidates.length === 0) return NO_MATCH;
    return this.decide(candidates, (candidate) => this.consider(candidate, reading.event, source));
  }

  private async decide(
    candidates: readonly Candidate[],
    consider: (candidate: Candidate) => Promise<Outcome>,
  ): Promise<Matching> {
    const matches: Match[] = [];
    const rejections: Decision[] = [];
    let omitted = 0;
    for (const candidate of candidates) {
      const outcome = await consider(candidate);
      if (outcome.kind === 'match') matches.push(outcome.match);
      else if (rejections.length >= KEPT_REJECTIONS) omitted++;
      else rejections.push({ ...subjectOf(this.name, candidate.pipeline, candidate.trigger), ...outcome.verdict });
    }
    return { matches, rejections, omitted };
  }

  private async consider(candidate: Candidate, event: unknown, source: ReceivedEvent['event']): Promise<Outcome> {
    try {
      const verdict = this.firstRejection(candidate, event) ?? (await this.permission.denial(candidate));
      return verdict ? { kind: 'no', verdict } : this.fill(candidate, event, source);
    } catch (error) {
      this.permission.failed(error);
      return { kind: 'no', verdict: rejected('trigger', 'a usable trigger', messageOf(error)) };
    }
  }

  private firstRejection({ pipeline, trigger }: Candidate, event: unknown): Verdict | undefined {
    if (pipeline.disabled) return rejected('pipeline enabled', 'true', 'false');
    if (!trigger.enabled) return rejected('trigger enabled', 'true', 'false');
    for (const { rule, check } of this.handler.checks) {
      const result = check(trigger, event, this.tools);
      if (result.kind === 'failed') return rejected(rule, result.expected, result.got);
    }
    return undefined;
  }

  private fill({ pipeline, trigger }: Candidate, event: unknown, source: ReceivedEvent['event']): Outcome {
    const filled = this.handler.fill(trigger, event, source);
    const verdict = artifactRejection(pipeline, trigger, filled.artifacts, this.tools.patterns);
    if (verdict) return { kind: 'no', verdict };
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
