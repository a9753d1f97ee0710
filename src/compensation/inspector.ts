import { Injectable } from '@nestjs/common';
import { grouped } from '../platform/lists/index.js';
import type { Candidate } from './candidate.js';
import { Coverage } from './coverage.js';
import { OwnExecutions } from './own-executions.js';
import { PipelineHistories } from './pipeline-histories.js';
import type { PipelineHistory } from './pipeline-history.js';
import type { Known } from './slot-ids.js';
import { StartLedger, stateOf } from './start-ledger.js';
import { TriggerAges } from './trigger-ages.js';
import { type Evidence, type OwnExecution, type Verdict, judge } from './verdict.js';

/** A slot and what was found about it. */
export interface Judged extends Known {
  /** Nothing but an execution that others started accounts for it. */
  readonly isForeign: boolean;
  readonly verdict: Verdict;
}

/** What orca said of Echo's own executions, by the slot's key. */
type Own = ReadonlyMap<string, OwnExecution>;

/**
 * Finds out what became of slots: from the outbox, then from orca by the ids that Echo's starts have, then by what else
 * orca ran for their triggers. What is settled once is not asked again.
 */
@Injectable()
export class Inspector {
  /** By key, whether it is foreign: a slot that is, still takes its execution, which would else pass for an older slot's. */
  private settled: ReadonlyMap<string, boolean> = new Map();

  constructor(
    private readonly ledger: StartLedger,
    private readonly executions: OwnExecutions,
    private readonly histories: PipelineHistories,
    private readonly coverage: Coverage,
    private readonly ages: TriggerAges,
  ) {}

  /**
   * @param candidates all slots of the window, in the order of their instants
   * @returns those that were not settled before
   */
  async inspect(candidates: readonly Candidate[]): Promise<Judged[]> {
    const open = candidates.filter(({ key }) => !this.settled.has(key));
    const starts = await this.ledger.latest(open.map(({ key }) => key));
    const slots = open.map((slot): Known => ({ ...slot, start: starts.get(slot.key) }));
    const own = await this.executions.find(slots.filter(isAskedFor));
    const histories = await this.histories.find(slots.filter((slot) => isAskedFor(slot) && !isThere(slot, own)));
    const judged = [...grouped(slots, ({ trigger }) => trigger.key).values()].flatMap((siblings) =>
      this.judged(siblings, own, siblings[0] && histories.get(siblings[0].trigger.pipelineId)),
    );
    this.remember(candidates, judged);
    return judged;
  }

  /** @param siblings the slots of one trigger */
  private judged(siblings: readonly Known[], own: Own, history: PipelineHistory | undefined): Judged[] {
    const taken = new Set(siblings.filter((slot) => !isAskedFor(slot) || isThere(slot, own)).map(({ key }) => key));
    const isOccupied = (key: string): boolean => taken.has(key) || this.settled.get(key) === false;
    const covered = history && this.coverage.of(siblings, history, isOccupied);
    return siblings.map((slot): Judged => {
      const foreign = foreignOf(slot, history, covered);
      const verdict = judge({
        start: slot.start && stateOf(slot.start),
        own: own.get(slot.key) ?? 'unknown',
        foreign,
        existed: this.existed(slot, history),
      });
      return { ...slot, verdict, isForeign: foreign === 'there' && !taken.has(slot.key) };
    });
  }

  private existed({ trigger, at }: Known, history: PipelineHistory | undefined): boolean {
    if (this.ages.existed(trigger.key, at)) return true;
    // Where front50 does not say when a pipeline was saved, one that has run is taken for old, as the original does.
    return history?.ranBefore(at, this.ages.isDated(trigger.key) ? trigger.id : undefined) ?? false;
  }

  private remember(candidates: readonly Candidate[], judged: readonly Judged[]): void {
    const inWindow = new Set(candidates.map(({ key }) => key));
    const settled = judged.filter(isSettled).map(({ key, isForeign }) => [key, isForeign] as const);
    this.settled = new Map([...this.settled, ...settled].filter(([key]) => inWindow.has(key)));
  }
}

/** Only the outbox knows of starts that wait or were held back. */
function isAskedFor({ start }: Known): boolean {
  const state = start && stateOf(start);
  return state !== 'pending' && state !== 'suppressed';
}

const isThere = ({ key }: Known, own: Own): boolean => own.get(key) === 'there';

function foreignOf(
  { at }: Known,
  history: PipelineHistory | undefined,
  covered: ReadonlySet<number> | undefined,
): Evidence['foreign'] {
  if (!history || !covered) return 'unknown';
  if (covered.has(at)) return 'there';
  return history.reaches(at) ? 'absent' : 'unknown';
}

const isSettled = ({ start, verdict }: Judged): boolean =>
  verdict.kind === 'suppressed' || (verdict.kind === 'started' && start?.effect.state !== 'pending');
