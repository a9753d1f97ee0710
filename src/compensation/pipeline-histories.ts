import { Injectable } from '@nestjs/common';
import { type Execution, OrcaClient, isUnstarted } from '../clients/index.js';
import { Clock } from '../platform/clock/index.js';
import { grouped, inChunks } from '../platform/lists/index.js';
import { Settings } from '../platform/settings/index.js';
import { Timetable } from '../slots/index.js';
import { askers } from './asking.js';
import { compensationConfig } from './compensation.config.js';
import { OrcaQuestions } from './orca-questions.js';
import type { Known } from './slot-ids.js';
import { slotsWithin } from './window.js';
import { PipelineHistory } from './pipeline-history.js';

/** Most executions of one pipeline that orca is asked for. */
const LONGEST = 500;
/** So many more than there are slots from the oldest one on: those that something else started are among them. */
const ROOM = 10;

/** Asks orca for the latest executions of pipelines, many pipelines at once. */
@Injectable()
export class PipelineHistories {
  constructor(
    private readonly orca: OrcaClient,
    private readonly questions: OrcaQuestions,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The histories of the pipelines of these slots, by pipeline id; those that orca could not tell are left out. */
  async find(slots: readonly Known[]): Promise<ReadonlyMap<string, PipelineHistory>> {
    const histories = new Map<string, PipelineHistory>();
    for (const { identity, about } of askers(slots, ({ trigger }) => trigger.runAsUser)) {
      const byPipeline = [...grouped(about, ({ trigger }) => trigger.pipelineId)];
      for (const chunk of inChunks(byPipeline, this.settings.get(compensationConfig.fetchSize))) {
        const ids = chunk.map(([id]) => id);
        const limit = Math.min(LONGEST, ROOM + Math.max(...chunk.map(([, own]) => this.slotsSince(own))));
        const answer = await this.questions.ask(() => this.orca.latestExecutions(ids, limit, identity));
        if (answer) for (const id of ids) histories.set(id, historyOf(id, answer, limit));
      }
    }
    return histories;
  }

  /** How many slots the triggers of these have had since the oldest of each. */
  private slotsSince(slots: readonly Known[]): number {
    const oldest = [...grouped(slots, ({ trigger }) => trigger.key).values()].flatMap(([first]) => first ?? []);
    const counts = oldest.map(
      ({ trigger, at }) => slotsWithin(this.timetable, trigger, at - 1, this.clock.now()).length,
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

function historyOf(pipelineId: string, answer: readonly Execution[], limit: number): PipelineHistory {
  const own = answer.filter(({ pipelineConfigId }) => pipelineConfigId === pipelineId);
  return new PipelineHistory(
    own.filter((execution) => !isUnstarted(execution)),
    own.length < limit,
  );
}
