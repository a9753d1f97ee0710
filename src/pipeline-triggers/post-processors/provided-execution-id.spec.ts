import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../pipelines/index.js';
import { ProvidedExecutionId } from './provided-execution-id.js';

const pipelineWith = (trigger: { executionId?: string } | null) =>
  readPipeline({ application: 'app', name: 'p', executionId: 'former', trigger });

describe('an execution id that a caller was promised', () => {
  it('becomes the id of the execution, and stays in the trigger', () => {
    expect(new ProvidedExecutionId().processPipeline(pipelineWith({ executionId: '01HX' }))).toMatchObject({
      executionId: '01HX',
      trigger: { executionId: '01HX' },
    });
  });

  it.each([[{}], [{ executionId: '' }], [null]])('changes nothing where there is none: %j', (trigger) => {
    const pipeline = pipelineWith(trigger);

    expect(new ProvidedExecutionId().processPipeline(pipeline)).toBe(pipeline);
  });
});
