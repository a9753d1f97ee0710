import { type PeerReply, type ReceivedRequest, json } from './http-peer.js';

/** An execution as orca lists it. */
export interface StoredExecution {
  readonly id: string;
  readonly pipelineConfigId: string;
  status: string;
  readonly buildTime: number;
  readonly startTime?: number;
  readonly trigger: Readonly<Record<string, unknown>>;
}

interface Body {
  readonly id?: string;
  readonly executionId?: string;
  readonly trigger?: Readonly<Record<string, unknown>>;
}

/** Remembers executions as orca does (core.md §9), as far as whoever starts and looks up pipelines can tell. */
export class OrcaStore {
  readonly executions: StoredExecution[] = [];
  /** Ids of executions that ran and were overwritten by a second start under the same id. */
  readonly overwritten: string[] = [];
  private made = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** @returns the id of the execution that the start has come to */
  start({ id = '', executionId = `EXEC${++this.made}`, trigger = {} }: Body): string {
    const { correlationId } = trigger;
    const running = this.executions.find((one) => correlationId && one.trigger['correlationId'] === correlationId);
    if (running?.status === 'RUNNING') return running.id;
    const at = this.executions.findIndex((one) => one.id === executionId);
    if (at >= 0) this.overwritten.push(...this.executions.splice(at, 1).map((one) => one.id));
    const now = this.now();
    this.executions.push({
      id: executionId,
      pipelineConfigId: id,
      status: 'RUNNING',
      buildTime: now,
      startTime: now,
      trigger,
    });
    return executionId;
  }

  byIds(ids: readonly string[]): StoredExecution[] {
    return this.executions.filter(({ id }) => ids.includes(id));
  }

  latest(pipelineIds: readonly string[], limit: number): StoredExecution[] {
    return pipelineIds.flatMap((pipelineId) =>
      this.executions.filter(({ pipelineConfigId }) => pipelineConfigId === pipelineId).slice(-limit),
    );
  }

  /** Answers over HTTP what orca answers; nothing for what it has no part in. */
  readonly answer = ({ method, url, body }: ReceivedRequest): PeerReply | undefined => {
    if (method === 'POST' && url === '/orchestrate')
      return json({ ref: `/pipelines/${this.start(JSON.parse(body) as Body)}` });
    if (method !== 'GET' || !url.startsWith('/pipelines')) return undefined;
    const { pathname, searchParams } = new URL(url, 'http://orca');
    const ids = searchParams.get('executionIds');
    if (ids !== null) return json(this.byIds(ids.split(',')));
    const pipelineIds = searchParams.getAll('pipelineConfigIds');
    if (pipelineIds.length > 0) return json(this.latest(pipelineIds, Number(searchParams.get('limit'))));
    const [found] = this.byIds([pathname.slice('/pipelines/'.length)]);
    return found ? json(found) : json({ message: 'not found' }, 404);
  };
}
