import { ConstraintMatcher } from '../../src/artifacts/index.js';
import { parseEvent } from '../../src/events/index.js';
import { TriggerIndex } from '../../src/pipeline-triggers/index/trigger-index.js';
import { Inquiry } from '../../src/pipeline-triggers/inquiry.js';
import { type MonitorParts, TriggerMonitor } from '../../src/pipeline-triggers/match/trigger-monitor.js';
import type { RequestHeaders, TriggerHandler } from '../../src/pipeline-triggers/trigger-handler.js';
import { type Pipeline, type Trigger, readPipeline } from '../../src/pipelines/index.js';
import { type JsonValue, parseJson } from '../../src/platform/json/index.js';
import { PatternCompiler } from '../../src/platform/regex/index.js';

/** What became of one event. */
export interface Held {
  /** The triggers that orca is sent, each with what its pipeline receives. */
  readonly started: readonly (Trigger & { readonly received: Pipeline['receivedArtifacts'] })[];
  readonly tags: readonly Readonly<Record<string, string>>[];
  /** The first failed rule of each other candidate: `rule: expected | got`. */
  readonly rejections: readonly string[];
  readonly unusable: string | undefined;
  /** What was said about triggers that are to blame themselves. */
  readonly faults: readonly string[];
}

interface Given {
  /** Comes with every event; nobody else may see it. */
  readonly privateHeaders?: RequestHeaders;
  /** Who brings the events. */
  readonly identity?: Readonly<Record<string, string>>;
  /** Instead of what the bench has: nobody is denied, nothing repeats. */
  readonly parts?: Partial<MonitorParts>;
}

const asJson = (value: unknown): JsonValue => parseJson(JSON.stringify(value));

/** A pipeline as front50 has it, with these triggers; they are on unless they say otherwise. */
export const pipelineWith = (triggers: readonly object[], more: object = {}): Pipeline =>
  readPipeline(
    asJson({
      application: 'application',
      name: 'name',
      id: 'P',
      ...more,
      triggers: triggers.map((trigger) => ({ enabled: true, ...trigger })),
    }),
  );

/** Holds posted events against triggers of one handler, with the real rules. */
export class HandlerBench {
  private readonly handler: TriggerHandler;
  private readonly tools;

  constructor(
    handler: object,
    private readonly given: Given = {},
  ) {
    this.handler = handler as TriggerHandler;
    const patterns = new PatternCompiler();
    this.tools = { patterns, constraints: new ConstraintMatcher(patterns) };
  }

  /** The triggers stand on one pipeline. */
  hold(event: object, ...triggers: object[]): Promise<Held> {
    return this.holdAgainst(event, pipelineWith(triggers));
  }

  /** Rejects where the event has a member of the wrong type. */
  async holdAgainst(event: object, ...pipelines: Pipeline[]): Promise<Held> {
    const faults: string[] = [];
    const { privateHeaders, identity: headers = {} } = this.given;
    const received = {
      event: parseEvent(asJson(event), 0),
      identity: { headers },
      inboxId: 'I',
      receivedAt: 0,
      ...(privateHeaders && { privateHeaders }),
    };
    const monitor = this.monitorOver(pipelines, (reason) => void faults.push(reason));
    const { matches, rejections, unusable } = await monitor.match(received, new Inquiry(received.identity));
    return {
      started: matches.map(({ pipeline }) => {
        if (!pipeline.trigger) throw new Error('a match has a trigger');
        return { ...pipeline.trigger, received: pipeline.receivedArtifacts };
      }),
      tags: matches.map(({ tags }) => tags),
      rejections: rejections.map((no) => (no.kind === 'rejected' ? `${no.rule}: ${no.expected} | ${no.got}` : no.kind)),
      unusable,
      faults,
    };
  }

  private monitorOver(pipelines: readonly Pipeline[], blame: (reason: string) => void): TriggerMonitor {
    const index = new TriggerIndex(pipelines, [this.handler]);
    return new TriggerMonitor('bench', this.handler, {
      index: { current: index, ready: () => Promise.resolve(index) },
      permission: { denial: () => Promise.resolve(undefined), failed: () => undefined },
      invalid: { tell: (_candidate, _trouble, reason) => blame(reason) },
      repeats: { rejection: () => Promise.resolve(undefined) },
      tools: this.tools,
      ...this.given.parts,
    });
  }
}
