import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../events/parse-event.js';
import { savedPipeline } from './saved-pipelines.js';

const event = (type: string, context: object) => parseEvent({ details: { type }, content: { context } as never }, 0);

describe('the pipeline that an event tells the saving of', () => {
  const saved = { 'notification.type': 'savepipeline', 'pipeline.id': 'P' };

  it.each(['orca:stage:complete', 'orca:task:complete'])('is known from %s', (type) => {
    expect(savedPipeline(event(type, saved))).toBe('P');
  });

  it.each([
    ['orca:stage:starting', saved],
    ['orca:pipeline:complete', saved],
    ['orca:stage:complete', { ...saved, 'notification.type': 'deletepipeline' }],
    ['orca:stage:complete', { 'notification.type': 'savepipeline' }],
    ['orca:stage:complete', { ...saved, 'pipeline.id': '' }],
  ])('is none in %s with %j', (type, context) => {
    expect(savedPipeline(event(type, context))).toBeUndefined();
  });

  it('is none where there is no context', () => {
    expect(savedPipeline(parseEvent({ details: { type: 'orca:stage:complete' } }, 0))).toBeUndefined();
  });
});
