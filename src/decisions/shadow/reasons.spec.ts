import { describe, expect, it } from 'vitest';
import type { Execution } from '../../clients/index.js';
import { readPipeline } from '../../pipelines/index.js';
import type { SlotRecord } from '../../slots/index.js';
import type { PipelineDecision } from '../decision-log.js';
import { type Known, reasonOf } from './reasons.js';

const pipeline = readPipeline({
  application: 'app',
  name: 'p',
  id: 'p',
  triggers: [
    { id: 'cron', type: 'cron', enabled: true, cronExpression: '0 0 * * * ?' },
    { id: 'hook', type: 'webhook', enabled: true, source: 's' },
  ],
});
const triggerIdOf = (type: string): string => pipeline.triggers?.find((one) => one.type === type)?.id ?? '';

const knowing = (more: Partial<Known> = {}): Known => ({ pipeline, decisions: [], slots: [], ...more });

const execution = (triggerType: string, more: Partial<Execution> = {}): Execution => ({
  id: 'X',
  status: 'SUCCEEDED',
  buildTime: 1000,
  triggerType,
  triggerId: triggerIdOf(triggerType),
  ...more,
});

const slot = (outcome: SlotRecord['outcome']): SlotRecord => ({
  triggerKey: 'cron',
  triggerId: triggerIdOf('cron'),
  slot: 900,
  application: 'app',
  pipelineId: 'p',
  outcome,
  reachedAt: 950,
});

const decision = (verdict: object): PipelineDecision =>
  ({
    at: '2024-01-15T10:00:00Z',
    inboxId: 'I',
    eventId: 'E',
    eventType: 'webhook',
    handler: 'webhook',
    application: 'app',
    pipelineName: 'p',
    pipelineId: 'p',
    triggerId: triggerIdOf('webhook'),
    triggerType: 'webhook',
    ...verdict,
  }) as PipelineDecision;

const ofEvent = execution('webhook', { eventId: 'E' });

describe('why an execution of another Echo has no start of ours', () => {
  it.each<[string, Execution, Known]>([
    ['the pipeline is not loaded', execution('webhook'), knowing({ pipeline: undefined })],
    ['the pipeline has no such trigger now', execution('webhook', { triggerId: 'gone' }), knowing()],
    ['no event came in that its triggers wait for', ofEvent, knowing()],
    ['it is older than the latest decisions, and only those were looked at', ofEvent, knowing({ decidedSince: 1001 })],
    [
      'source: expected s, got t',
      ofEvent,
      knowing({ decisions: [decision({ kind: 'rejected', rule: 'source', expected: 's', got: 't' })] }),
    ],
    [
      'the same event started the pipeline already',
      ofEvent,
      knowing({ decisions: [decision({ kind: 'matched', start: { kind: 'duplicate' } })] }),
    ],
    [
      'its event started the pipeline by another trigger',
      ofEvent,
      knowing({ decisions: [decision({ kind: 'matched', start: { kind: 'submitted' }, triggerId: 'other' })] }),
    ],
    ['no slot of the trigger was reached then', execution('cron'), knowing()],
    ['its slot was reached too late', execution('cron'), knowing({ slots: [slot('misfired')] })],
    [
      'the pipeline was not loaded when its slot was reached',
      execution('cron'),
      knowing({ slots: [slot('no-pipeline')] }),
    ],
  ])('%s', (why, theirs, known) => {
    expect(reasonOf(theirs, known)).toBe(why);
  });
});
