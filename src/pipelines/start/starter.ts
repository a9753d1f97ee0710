import { Injectable } from '@nestjs/common';
import { Outbox, type Submission } from '../../outbox/index.js';
import { NOBODY, withRequestId } from '../../platform/request-context/index.js';
import { isTemplated } from './planner.js';
import { RunAs } from './run-as.js';
import { StartIds } from './start-ids.js';
import { startKey } from './start-identity.js';
import { FAILED_START, type FailedStartPayload, START, type StartEffect, type StartPayload } from './start-payload.js';
import { StartReport } from './start-report.js';
import type { StartRequest } from './start-request.js';
import { type Permission, Suppression } from './suppression.js';

/** What became of the request; the start itself goes on in the outbox. */
export type StartResult =
  /** With the id of the execution to be, where it is known before orca answers. */
  | { readonly kind: 'submitted'; readonly executionId?: string }
  /** It was written down before. */
  | { readonly kind: 'duplicate'; readonly executionId?: string }
  | { readonly kind: 'suppressed'; readonly by: string };

/** A start that is ready to be written into the outbox. */
export interface PreparedStart {
  readonly request: StartRequest;
  readonly permission: Permission;
  readonly effect: StartEffect;
}

const isAskedLater = ({ notBefore, decidedAtOnce }: StartRequest): boolean => notBefore !== undefined && !decidedAtOnce;

/** The one way to start a pipeline: asks whether it may, writes the start into the outbox, counts. */
@Injectable()
export class Starter {
  constructor(
    private readonly outbox: Outbox,
    private readonly suppression: Suppression,
    private readonly runAs: RunAs,
    private readonly ids: StartIds,
    private readonly report: StartReport,
  ) {}

  /** Whether so many starts wait for their turn that whoever can put off further ones should. */
  get isBusy(): boolean {
    return this.outbox.isBusy(START);
  }

  async start(request: StartRequest): Promise<StartResult> {
    const prepared = await this.prepare(request);
    const [submission] = await this.outbox.submit([prepared.effect]);
    return this.settle(prepared, submission);
  }

  /** For who writes the start down in a transaction of their own: do so with `effect`, then call `settle`. */
  async prepare(request: StartRequest): Promise<PreparedStart> {
    const permission = this.permissionFor(request);
    return { request, permission, effect: await this.effectOf(request, permission) };
  }

  /** Counts and logs a prepared start once the outbox has it. */
  settle({ request, permission, effect }: PreparedStart, submission: Submission | undefined): StartResult {
    const executionId = this.ids.executionOf(effect);
    const known = executionId && { executionId };
    if (submission?.kind === 'duplicate') return { kind: 'duplicate', ...known };
    if (permission.kind !== 'allowed') {
      this.report.suppressed(request, permission, request.cause);
      return { kind: 'suppressed', by: permission.by };
    }
    if (!effect.payload.unasked) this.report.requested();
    return { kind: 'submitted', ...known };
  }

  /** Reports a start that cannot be made (core.md §5.8): orca keeps a failed execution with `errorMessage`. */
  async reportFailure(request: Omit<StartRequest, 'source'>): Promise<void> {
    const payload: FailedStartPayload = { pipeline: request.pipeline };
    const { identity, cause } = request;
    await this.outbox.submit([{ kind: FAILED_START, key: startKey(request), payload, identity, cause }]);
  }

  private permissionFor(request: StartRequest): Permission {
    const outOfService = this.suppression.outOfService();
    if (outOfService) return outOfService;
    if (request.heldBackBy !== undefined) return { kind: 'held-back', by: request.heldBackBy };
    return isAskedLater(request) ? { kind: 'allowed' } : this.suppression.check(request);
  }

  private async effectOf(request: StartRequest, permission: Permission): Promise<StartEffect> {
    const { pipeline, source, at, cause, notBefore, askFirst = false, skipIfRunning } = request;
    const allowed = permission.kind === 'allowed';
    const unasked = allowed && isAskedLater(request) && { unasked: true };
    const caller = withRequestId(request.identity);
    const payload: StartPayload = {
      pipeline,
      source,
      at,
      posts: 0,
      spent: 0,
      unclear: askFirst,
      planned: false,
      ...(isTemplated(pipeline) && { caller }),
      ...unasked,
      ...(skipIfRunning && { skipIfRunning }),
    };
    const identity = allowed ? await this.runAs.identityFor({ ...request, identity: caller }) : NOBODY;
    return {
      kind: START,
      key: startKey(request),
      payload,
      identity,
      cause,
      ...(!allowed && { suppressedBy: permission.by }),
      ...(notBefore !== undefined && { notBefore }),
    };
  }
}
