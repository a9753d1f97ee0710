import { type EchoEvent, EchoEventListener, type EventListener, typeOf } from '../events/index.js';
import { Statistics } from './statistics.js';
import { TelemetrySender } from './telemetry.sender.js';

const ENDED = [
  'orca:orchestration:complete',
  'orca:orchestration:failed',
  'orca:pipeline:complete',
  'orca:pipeline:failed',
];

/** Sends statistics about executions that have ended; no event waits for that. */
@EchoEventListener({ name: 'telemetry' })
export class TelemetryListener implements EventListener {
  constructor(
    private readonly statistics: Statistics,
    private readonly sender: TelemetrySender,
  ) {}

  processEvent(event: EchoEvent): void {
    const application = event.details?.application;
    if (!application || !event.content || !ENDED.includes(typeOf(event))) return;
    void this.sender.send(this.statistics.of(application, event.content));
  }
}
