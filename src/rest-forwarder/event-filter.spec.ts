import { describe, expect, it } from 'vitest';
import type { EchoEvent } from '../events/index.js';
import { isWanted, textOf } from './event-filter.js';

const event: EchoEvent = {
  details: { type: 'orca:pipeline:complete', source: 'orca', application: 'shop' },
  content: { execution: { status: 'SUCCEEDED' } },
  eventId: 'E',
};
const options = { now: 0, matches: () => undefined };
const everything = { types: [], sources: [], applications: [], expression: undefined };
const wants = (filter: Partial<Record<keyof typeof everything, unknown>>, of = event): boolean =>
  isWanted({ ...everything, ...filter } as typeof everything, of, options);

describe('what an endpoint wants', () => {
  it('is everything where it says nothing', () => {
    expect(wants({})).toBe(true);
    expect(wants({}, { eventId: null })).toBe(true);
  });

  it.each([
    ['orca:pipeline:complete', true],
    ['orca:pipeline', false],
    ['orca:*', true],
    ['*:complete', true],
    ['orca:*:complete', true],
    ['*pipe*line*', true],
    ['*', true],
    ['orca:pipeline:complete*complete', false],
    ['build', false],
  ])('are the types it names: %s', (type, wanted) => {
    expect(wants({ types: ['docker', type] })).toBe(wanted);
  });

  it('has to be named by every list that is there', () => {
    expect(wants({ sources: ['orca'], applications: ['shop'] })).toBe(true);
    expect(wants({ sources: ['igor'], applications: ['shop'] })).toBe(false);
    expect(wants({ applications: ['shop'] }, { details: { type: 'build' }, eventId: 'E' })).toBe(false);
  });

  it.each([
    ["content.execution.status == 'SUCCEEDED'", true],
    ["${content.execution.status == 'TERMINAL'}", false],
    ["details.project == null && details.source == 'orca'", true],
    ['content.missing.member == 1', false],
    ['this is no expression', false],
  ])('is what its expression is true of: %s', (expression, wanted) => {
    expect(wants({ expression })).toBe(wanted);
  });
});

describe('an ordering key', () => {
  it('is the text that its expression gives', () => {
    expect(textOf('details.application', event, options)).toBe('shop');
    expect(textOf('${details.source}/${details.application}', event, options)).toBe('orca/shop');
  });

  it('is none where that is null', () => {
    expect(textOf('details.project', event, options)).toBeUndefined();
  });
});
