import { setTimeout as pause } from 'node:timers/promises';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../support/http-peer.js';
import { ulidTime } from '../support/ulid-time.js';
import { ECHO_WAITS_MS, anyOf } from './disturbed.js';

/** What may go wrong with a start, as it does with the real orca. */
const FAULTS = [
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

/** Some runs are over before whoever was stopped goes on: a start that comes again then starts it again. */
const LONGEST_RUN_MS = 4000;

/** An execution that orca was asked for, and made. */
export interface RecordedExecution {
  readonly id: string;
  readonly pipelineId: string;
  /** The instant in its id: that of its slot. */
  readonly slot: number;
  readonly started: boolean;
}

interface PostedStart {
  readonly id: string;
  readonly executionId: string;
  readonly trigger: { readonly correlationId: string };
}

export interface OrcaOptions {
  /** Share of starts that meet a fault, 0 to 1. */
  readonly faultShare: number;
}

interface Stored extends RecordedExecution {
  /** When it is over, milliseconds since the epoch. */
  readonly until: number;
}

const isRunning = ({ started, until }: Stored): boolean => started && Date.now() < until;

/**
 * An orca that misbehaves and remembers every execution that it has made, in the order in which they came. As the real
 * one it answers a start whose correlation id is that of a running execution with that one; what is over is started anew.
 */
export class RecordingOrca {
  readonly executions: RecordedExecution[] = [];
  /** How many starts were answered with an execution that ran already. */
  repeats = 0;
  private readonly stored = new Map<string, Stored>();
  private readonly byCorrelation = new Map<string, Stored>();

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
    const status = isRunning(found) ? 'RUNNING' : 'SUCCEEDED';
    return json({ id, ...(found.started ? { status, startTime: 1 } : { status: 'TERMINAL' }) });
  }

  private async orchestrate(body: string): Promise<PeerReply> {
    const start = JSON.parse(body) as PostedStart;
    const fault = anyOf(FAULTS, this.options.faultShare);
    if (fault === 'error-unstarted') this.keep(start, false);
    const ref = fault === undefined || fault.endsWith('-after') ? this.start(start) : '';
    if (fault === undefined) return json({ ref });
    if (fault.startsWith('timeout')) await pause(ECHO_WAITS_MS * 2);
    return fault.startsWith('error') ? json({ status: 500, message: fault }, 500) : { kind: 'reset' };
  }

  private start(start: PostedStart): string {
    const known = this.byCorrelation.get(start.trigger.correlationId);
    if (known && isRunning(known)) this.repeats++;
    else this.keep(start, true);
    return `/pipelines/${known?.id ?? start.executionId}`;
  }

  private keep({ id: pipelineId, executionId: id, trigger: { correlationId } }: PostedStart, started: boolean): void {
    const execution = { id, pipelineId, slot: ulidTime(id), started };
    const stored = { ...execution, until: Date.now() + Math.random() * LONGEST_RUN_MS };
    this.executions.push(execution);
    this.stored.set(id, stored);
    this.byCorrelation.set(correlationId, stored);
  }
}
