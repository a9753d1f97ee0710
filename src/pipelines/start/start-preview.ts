import { Injectable } from '@nestjs/common';
import { HEADER } from '../../platform/request-context/index.js';
import { startBody } from '../model/body.js';
import { isTemplated } from './planner.js';
import { RunAs } from './run-as.js';
import { startKey } from './start-identity.js';
import type { StartRequest } from './start-request.js';
import { Suppression } from './suppression.js';

/** What a start would be, were it made now. */
export interface PreviewedStart {
  /** Starts with the same key are the same start. */
  readonly key: string;
  /** The switch or period that would hold it back. */
  readonly suppressedBy?: string;
  /** As whom the pipeline would run; a caller without a name has none. */
  readonly user: string | null;
  /** Whether orca would be asked to plan the body before it is posted. */
  readonly planned: boolean;
  /** JSON, without the ids that Echo gives a start when it is made. */
  readonly body: string;
}

/** Says what the starter would do, without doing it. */
@Injectable()
export class StartPreview {
  constructor(
    private readonly suppression: Suppression,
    private readonly runAs: RunAs,
  ) {}

  async of(request: StartRequest): Promise<PreviewedStart> {
    const permission = this.suppression.check(request);
    const { headers } = await this.runAs.identityFor(request);
    return {
      key: startKey(request),
      ...(permission.kind !== 'allowed' && { suppressedBy: permission.by }),
      user: headers[HEADER.user] ?? null,
      planned: isTemplated(request.pipeline),
      body: startBody(request.pipeline),
    };
  }
}
