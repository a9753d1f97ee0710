import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '../../events/index.js';
import { typeOf } from '../../events/index.js';
import { withRequestId } from '../../platform/request-context/index.js';
import type { Pipeline, Subject } from '../../pipelines/index.js';
import { Inquiry } from '../inquiry.js';
import { type Findings, findingsOf, together } from '../match/findings.js';
import { DryMonitors } from './dry-monitors.js';
import { DryStarts, type WouldBe } from './dry-starts.js';

/** What an event would come to. */
export type DryRunOutcome = Findings<Subject & WouldBe>;

/**
 * Holds an event against triggers as if it had just come, and says what would follow. Nothing is started, counted or
 * remembered; igor, fiat and front50 are only asked what they would be asked.
 */
@Injectable()
export class DryRun {
  constructor(
    private readonly monitors: DryMonitors,
    private readonly starts: DryStarts,
  ) {}

  /** @param pipelines instead of those that Echo has loaded */
  async of(received: ReceivedEvent, pipelines?: readonly Pipeline[]): Promise<DryRunOutcome> {
    const context: ReceivedEvent = { ...received, identity: withRequestId(received.identity) };
    const inquiry = new Inquiry(context.identity);
    const decide = this.starts.deciderFor(context);
    const findings: Findings<Subject & WouldBe>[] = [];
    for (const monitor of this.monitors.over(pipelines)) {
      if (!monitor.accepts(typeOf(context.event))) continue;
      const found = await findingsOf(monitor, context, inquiry, decide);
      if (found) findings.push(found);
    }
    return together(findings);
  }
}
