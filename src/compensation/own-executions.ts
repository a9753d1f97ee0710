import { Injectable } from '@nestjs/common';
import { type Execution, OrcaClient, isUnstarted } from '../clients/index.js';
import { inChunks } from '../platform/lists/index.js';
import { Settings } from '../platform/settings/index.js';
import { askers } from './asking.js';
import { compensationConfig } from './compensation.config.js';
import { OrcaQuestions } from './orca-questions.js';
import { type Known, SlotIds } from './slot-ids.js';
import type { KnownStart } from './start-ledger.js';
import type { OwnExecution } from './verdict.js';

/** Asks orca for executions by the ids that starts of slots have, many at once. */
@Injectable()
export class OwnExecutions {
  constructor(
    private readonly orca: OrcaClient,
    private readonly questions: OrcaQuestions,
    private readonly ids: SlotIds,
    private readonly settings: Settings,
  ) {}

  /** What orca knows, by the slot's key. */
  async find(slots: readonly Known[]): Promise<ReadonlyMap<string, OwnExecution>> {
    const found = new Map<string, OwnExecution>();
    for (const { identity, about } of askers(slots, ({ trigger }) => trigger.runAsUser)) {
      for (const chunk of inChunks(about, this.settings.get(compensationConfig.fetchSize))) {
        const answer = await this.questions.ask(() =>
          this.orca.executions(
            chunk.flatMap((slot) => this.ids.of(slot)),
            identity,
          ),
        );
        for (const slot of chunk) found.set(slot.key, await this.stateOf(slot, answer));
      }
    }
    return found;
  }

  private async stateOf(slot: Known, answer: readonly Execution[] | undefined): Promise<OwnExecution> {
    if (!answer) return 'unknown';
    const ids = new Set(this.ids.of(slot));
    const own = answer.filter(({ id }) => ids.has(id));
    if (own.some((execution) => !isUnstarted(execution))) return 'there';
    if (own.length > 0) return 'failed-unstarted';
    return slot.start?.effect.state === 'done' ? this.confirmed(slot, slot.start) : 'absent';
  }

  /** Lists leave out what one may not see: that orca lost an execution is believed only when it is asked for alone. */
  private async confirmed(slot: Known, { effect }: KnownStart): Promise<OwnExecution> {
    const id = this.ids.of(slot).at(-1) ?? '';
    const look = await this.orca.execution(id, effect.identity);
    if (look.kind === 'found') return 'there';
    return look.kind === 'absent' ? 'absent' : 'unknown';
  }
}
