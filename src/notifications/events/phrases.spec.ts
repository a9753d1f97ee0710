import { describe, expect, it } from 'vitest';
import { execution, occasion } from '../../../test/support/occasion.js';
import { executionLink, filledIn, pathSegment } from './links.js';
import { buildInfo, capitalized, cardTitle, executionLabel, owner, stageName, verbPhrase } from './phrases.js';

const built = (buildInfo: object) =>
  occasion('pipeline:complete', execution({ trigger: { buildInfo: { ...buildInfo } } }));

describe('the words of event notifications', () => {
  it.each([
    ['starting', 'is starting'],
    ['complete', 'has completed successfully'],
    ['failed', 'has failed'],
    ['skipped', 'has skipped'],
  ])('status %s: %s', (status, phrase) => {
    expect(verbPhrase(status)).toBe(phrase);
  });

  it('write every word of an application with a capital letter', () => {
    expect(capitalized('what eVer')).toBe('What EVer');
  });

  it.each([
    [
      { url: 'http://ci/7', number: 7 },
      { url: 'http://ci/7', number: '7' },
    ],
    [
      { url: 'http://ci/7', number: '7' },
      { url: 'http://ci/7', number: '7' },
    ],
    [
      { url: 'http://ci/7', number: 7.9 },
      { url: 'http://ci/7', number: '7' },
    ],
    [{ url: 'http://ci/7' }, { url: 'http://ci/7', number: 'null' }],
    [{ url: '', number: 7 }, undefined],
    [{ number: 7 }, undefined],
  ])('build %j', (info, expected) => {
    expect(buildInfo(built(info))).toEqual(expected);
  });

  it.each(['x', '7.9', ''])('refuse the build number %j, which is none', (number) => {
    expect(() => buildInfo(built({ url: 'http://ci/7', number }))).toThrow(`the build number ${number} is no number`);
  });

  it('call the owner of what belongs to no application null', () => {
    expect(owner(occasion('pipeline:complete', execution(), 'what ever'))).toBe('What Ever');
    expect(owner({ ...occasion('pipeline:complete', execution()), application: undefined })).toBe('null');
  });

  it('take the description of an execution without a name', () => {
    expect(executionLabel(occasion('orchestration:complete', { execution: { description: 'Resize' } }))).toBe('Resize');
    expect(executionLabel(occasion('orchestration:complete', { execution: {} }))).toBe('null');
  });

  it("take a stage's own name before the one of its details", () => {
    const context = { stageDetails: { name: 'Bake it' } };
    expect(stageName(occasion('stage:complete', { name: 'bake', context }))).toBe('bake');
    expect(stageName(occasion('stage:complete', { name: '', context }))).toBe('Bake it');
    expect(stageName(occasion('stage:complete', { context: {} }))).toBeUndefined();
  });

  it('need the application for a title', () => {
    expect(cardTitle(occasion('pipeline:complete', execution(), 'mywebapp'))).toBe('Pipeline complete for MYWEBAPP');
    expect(() => cardTitle({ ...occasion('pipeline:complete', execution()), application: undefined })).toThrow(
      'names no application',
    );
  });
});

describe('links', () => {
  it.each([
    ['pipeline:complete', 'http://deck/#/applications/whatever/executions/details/1'],
    ['stage:complete', 'http://deck/#/applications/whatever/executions/details/1'],
    ['orchestration:complete', 'http://deck/#/applications/whatever/tasks/1'],
  ])('of %s', (kindAndStatus, link) => {
    expect(executionLink('http://deck', occasion(kindAndStatus, execution()))).toBe(link);
  });

  it('encode what a segment of a path cannot hold, and nothing else', () => {
    expect(pathSegment("what ever/é:@$&+,;=!*'()")).toBe("what%20ever%2F%C3%A9:@$&+,;=!*'()");
  });

  it('and ids are filled into custom texts wherever these ask for them', () => {
    const here = occasion('stage:complete', execution());
    expect(filledIn('a {{executionId}}! b <{{link}}|link>? {{executionId}}', here, 'L')).toBe('a 1! b <L|link>? 1');
    expect(filledIn('a {{executionId}}!', occasion('stage:complete', {}), 'L')).toBe('a !');
  });
});
