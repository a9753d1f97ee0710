import { setTimeout as pause } from 'node:timers/promises';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../support/http-peer.js';
import { ulidTime } from '../support/ulid-time.js';

/** What may go wrong with a start, as it does with the real orca. */
export const FAULTS = [
  /** No answer in time; nothing stored. */
  'timeout-before',
  /** No answer in time, though it runs. */
  'timeout-after',
  /** The connection is cut before anything is stored. */
  'reset-before',
  /** The connection is cut, though it runs. */
  'reset-after',
  /** 500 before anything is stored. */
  'error-before',
  /** 500 after a TERMINAL execution was stored that never started. */
  'error-unstarted',
  /** 500, though it runs. */
  'error-after',
] as const;

export type Fault = (typeof FAULTS)[number];

/** An execution that orca was asked for. */
export interface RecordedExecution {
  readonly id: string;
  readonly pipelineId: string;
  /** The instant in its id: that of its slot. */
  readonly slot: number;
  readonly started: boolean;
}

export interface OrcaOptions {
  /** Which fault the next start meets; none where undefined. */
  readonly fault: () => Fault | undefined;
  /** Longer than Echo waits for an answer. */
  readonly timeoutMs: number;
}

/** An orca that misbehaves and remembers every execution that it has started, in the order in which they came. */
export class RecordingOrca {
  readonly executions: RecordedExecution[] = [];
  private readonly stored = new Map<string, RecordedExecution>();

  private constructor(private readonly options: OrcaOptions) {}

  static async start(options: OrcaOptions): Promise<{ orca: RecordingOrca; peer: HttpPeer }> {
    const orca = new RecordingOrca(options);
    return { orca, peer: await HttpPeer.start((request) => orca.answer(request)) };
  }

  private answer({ method, url, body }: ReceivedRequest): PeerReply | Promise<PeerReply> {
    if (method === 'POST' && url === '/orchestrate') return this.orchestrate(body);
    const id = /^\/pipelines\/(\w+)$/.exec(url)?.[1] ?? '';
    const found = this.stored.get(id);
    if (!found) return json({ status: 404, message: 'not found' }, 404);
    return json({ id, ...(found.started ? { status: 'RUNNING', startTime: 1 } : { status: 'TERMINAL' }) });
  }

  private async orchestrate(body: string): Promise<PeerReply> {
    const { id: pipelineId, executionId } = JSON.parse(body) as { id: string; executionId: string };
    const fault = this.options.fault();
    const keep = (started: boolean): void => {
      const execution = { id: executionId, pipelineId, slot: ulidTime(executionId), started };
      this.executions.push(execution);
      this.stored.set(executionId, execution);
    };
    if (fault === undefined || fault.endsWith('-after')) keep(true);
    if (fault === 'error-unstarted') keep(false);
    if (fault === undefined) return json({ ref: `/pipelines/${executionId}` });
    if (fault.startsWith('timeout')) await pause(this.options.timeoutMs);
    return fault.startsWith('error') ? json({ status: 500, message: fault }, 500) : { kind: 'reset' };
  }
}
