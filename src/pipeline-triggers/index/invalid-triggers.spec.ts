import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { pipelineWith } from '../../../test/support/handler-bench.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { Bus } from '../../events/index.js';
import { type TriggerInvalid, triggerInvalid } from '../../pipelines/index.js';
import { InvalidTriggers } from './invalid-triggers.js';
import type { Candidate } from './trigger-index.js';

const pipeline = pipelineWith([
  { type: 'git', branch: '*' },
  { type: 'docker', tag: '[' },
]);
const [git, docker] = (pipeline.triggers ?? []).map((trigger) => ({ pipeline, trigger })) as [Candidate, Candidate];

let log: RecordedLog;
let told: TriggerInvalid[];
let invalid: InvalidTriggers;

beforeEach(() => {
  const bus = new Bus(new EventEmitter2());
  told = [];
  bus.subscribe(triggerInvalid, 'test', (fault) => void told.push(fault));
  log = RecordedLog.start();
  invalid = new InvalidTriggers(bus);
});

describe('a trigger that is to blame itself', () => {
  it('is told of by name, once', () => {
    invalid.tell(git, 'is at fault', 'branch: the pattern * is invalid');
    invalid.tell(git, 'is at fault', 'branch: the pattern * is invalid');

    expect(log.at('warn')).toEqual(['Trigger of application:name is at fault: branch: the pattern * is invalid']);
    expect(told).toEqual([
      {
        application: 'application',
        pipelineName: 'name',
        pipelineId: 'P',
        triggerId: git.trigger.id,
        triggerType: 'git',
        reason: 'branch: the pattern * is invalid',
      },
    ]);
  });

  it('does not hide another one', () => {
    invalid.tell(git, 'is at fault', 'x');
    invalid.tell(docker, 'is at fault', 'y');

    expect(told.map(({ triggerType }) => triggerType)).toEqual(['git', 'docker']);
  });

  it('is told of again when its pipeline was edited, and not as long as it stays', () => {
    invalid.tell(git, 'is at fault', 'x');
    invalid.keepOnly([pipeline]);
    invalid.tell(git, 'is at fault', 'x');
    expect(told).toHaveLength(1);

    invalid.keepOnly([]);
    invalid.tell(git, 'is at fault', 'x');
    expect(told).toHaveLength(2);
  });
});
