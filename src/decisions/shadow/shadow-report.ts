import { Injectable } from '@nestjs/common';
import { type Execution, OrcaClient } from '../../clients/index.js';
import { type Pipeline, PipelineCache, pipelinesById } from '../../pipelines/index.js';
import { grouped, inChunks } from '../../platform/lists/index.js';
import { isoOf } from '../../platform/query/index.js';
import { NOBODY, allowAnonymous, withRequestId } from '../../platform/request-context/index.js';
import { SlotLedger, type SlotRecord } from '../../slots/index.js';
import { DecisionLog, MOST_EVENTS, type PipelineDecision } from '../decision-log.js';
import { type OurStart, madeAt, madeFor, pairsOf } from './pairs.js';
import { type Known, reasonOf } from './reasons.js';

/** Milliseconds since the epoch, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A start that only one side has. Times are ISO 8601. */
export interface Difference {
  readonly only: 'ours' | 'theirs';
  readonly at: string | null;
  readonly application: string | null;
  readonly pipelineId: string;
  readonly triggerType: string | null;
  readonly triggerId: string | null;
  readonly eventId: string | null;
  readonly executionId: string | null;
  readonly why: string;
}

export interface Shadow {
  readonly from: string | null;
  readonly to: string | null;
  readonly both: number;
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  readonly differences: readonly Difference[];
}

/** Pipelines that orca is asked about at once, and their latest executions, at most so many of each. */
const AT_ONCE = 20;
const LATEST = 500;
/** How far the clocks of two Echos, and the time that they take, may lie apart. */
const TOLERANCE_MS = 120_000;

/** What Echo is not asked to start. */
const isOthers = ({ triggerType }: Execution): boolean => triggerType === 'pipeline';

const startsIn = (decisions: readonly PipelineDecision[]): OurStart[] =>
  decisions.flatMap(({ at, application, pipelineId, triggerId, triggerType, eventId, ...decision }) =>
    decision.kind === 'matched' && decision.start.kind !== 'duplicate' && pipelineId !== null
      ? [{ at: Date.parse(at), application, pipelineId, triggerId, triggerType, eventId }]
      : [],
  );

const startsAt = (slots: readonly SlotRecord[]): OurStart[] =>
  slots
    .filter(({ outcome }) => outcome === 'fired')
    .map(({ slot, application, pipelineId, triggerId }) => {
      return { at: slot, application, pipelineId, triggerId, triggerType: 'cron', eventId: null };
    });

/**
 * Compares what Echo started, or would have started while `orca.enabled` is off, with what orca ran: of an Echo that
 * looks on while another one works. It knows the decisions and the slots of this instance, or of all over one database.
 */
@Injectable()
export class ShadowReport {
  constructor(
    private readonly cache: PipelineCache,
    private readonly decisions: DecisionLog,
    private readonly ledger: SlotLedger,
    private readonly orca: OrcaClient,
  ) {}

  /** Rejects where orca cannot be asked. */
  async between(span: Span): Promise<Shadow> {
    const snapshot = this.cache.snapshot();
    const pipelines = snapshot ? pipelinesById(snapshot) : new Map<string, Pipeline>();
    const slots = grouped(await this.ledger.within(span), ({ pipelineId }) => pipelineId);
    const ids = [...new Set([...pipelines.keys(), ...slots.keys()])];
    const compared: Compared[] = [];
    for (const chunk of inChunks(ids, AT_ONCE)) {
      const executions = grouped(await this.executionsOf(chunk), ({ pipelineConfigId = '' }) => pipelineConfigId);
      for (const id of chunk) {
        const decided = await this.decided(id, span);
        const known = { pipeline: pipelines.get(id), slots: slots.get(id) ?? [], ...decided };
        compared.push(compare(id, known, executions.get(id) ?? [], span));
      }
    }
    const differences = compared.flatMap((one) => one.differences);
    const count = (side: Difference['only']): number => differences.filter(({ only }) => only === side).length;
    return {
      from: isoOf(span.from),
      to: isoOf(span.to),
      both: compared.reduce((sum, { both }) => sum + both, 0),
      onlyOurs: count('ours'),
      onlyTheirs: count('theirs'),
      differences: differences.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    };
  }

  private executionsOf(pipelineIds: readonly string[]): Promise<Execution[]> {
    return this.orca.latestExecutions(pipelineIds, LATEST, allowAnonymous(withRequestId(NOBODY)));
  }

  private async decided(pipelineId: string, { from, to }: Span): Promise<Pick<Known, 'decisions' | 'decidedSince'>> {
    const latest = await this.decisions.ofPipelines([pipelineId], from, MOST_EVENTS);
    const isWhole = new Set(latest.map(({ inboxId }) => inboxId)).size < MOST_EVENTS;
    const oldest = latest.at(-1);
    return {
      decisions: latest.filter(({ at }) => Date.parse(at) <= to),
      ...(!isWhole && oldest && { decidedSince: Date.parse(oldest.at) }),
    };
  }
}

interface Compared {
  readonly both: number;
  readonly differences: readonly Difference[];
}

/** What of one pipeline both sides started, and what only one of them. */
function compare(pipelineId: string, known: Known, executions: readonly Execution[], { from, to }: Span): Compared {
  const isInside = (execution: Execution): boolean => madeFor(execution) >= from && madeFor(execution) <= to;
  const ours = [...startsIn(known.decisions), ...startsAt(known.slots)];
  // An execution just outside may still be the other half of a start inside.
  const theirs = executions.filter((execution) => !isOthers(execution));
  const { both, onlyOurs, onlyTheirs } = pairsOf(ours, theirs, TOLERANCE_MS);
  const isWhole = executions.length < LATEST || executions.some((execution) => madeAt(execution) < from);
  const application = known.pipeline?.application ?? null;
  const differences = [
    ...onlyOurs.map(({ at, ...start }): Difference => {
      const why = isWhole ? 'orca has no such execution' : `orca told of the latest ${LATEST} executions only`;
      return { only: 'ours', ...start, at: isoOf(at), executionId: null, why };
    }),
    ...onlyTheirs.filter(isInside).map((execution): Difference => {
      const { id, triggerType = null, triggerId = null, eventId = null } = execution;
      const shown = { application, pipelineId, triggerType, triggerId, eventId, executionId: id };
      return { only: 'theirs', at: isoOf(madeAt(execution)), ...shown, why: reasonOf(execution, known) };
    }),
  ];
  return { both: both.length, differences };
}
