import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Requires } from '../platform/access/index.js';
import { Inbox } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import { JobRunner, type JobStatus } from '../platform/lifecycle/index.js';

/** How much of what was accepted is not finished. */
interface Idle {
  readonly idle: boolean;
  readonly inbox: number;
  readonly outbox: number;
}

@ApiTags('operations')
@Requires('read')
@Controller('admin')
export class AdminController {
  constructor(
    private readonly jobs: JobRunner,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  @Get('jobs')
  @ApiOperation({ summary: 'Recurring work: last run, duration, next run, last error' })
  listJobs(): JobStatus[] {
    return this.jobs.list();
  }

  @Get('idle')
  @ApiOperation({ summary: 'Whether all accepted events and their effects are finished, on this instance' })
  idle(): Idle {
    const [inbox, outbox] = [this.inbox.depth(), this.outbox.depth()];
    return { idle: inbox + outbox === 0, inbox, outbox };
  }
}
