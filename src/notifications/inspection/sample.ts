import type { EchoEvent } from '../../events/index.js';

/** A pipeline that has completed, made up for samples. */
export const sampleEvent = (now: number): EchoEvent => ({
  details: { source: 'echo', type: 'orca:pipeline:complete', application: 'sample', created: String(now) },
  content: {
    execution: {
      id: '01SAMPLE00000000000000000',
      name: 'sample',
      application: 'sample',
      status: 'SUCCEEDED',
      pipelineConfigId: 'sample',
      startTime: now - 60_000,
      endTime: now,
      trigger: { type: 'manual', user: 'sample' },
    },
  },
  eventId: 'sample',
});
