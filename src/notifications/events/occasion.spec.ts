import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../platform/json/index.js';
import { occasionOf } from './occasion.js';
import { isMeantFor, preferencesOf } from './preferences.js';

const SYNTHETIC = { stageDetails: { isSynthetic: true } };
const ORDINARY = { stageDetails: { isSynthetic: false } };

/** How many notifications an event brings about. */
function toldFor(type: string, content: JsonObject): number {
  const occasion = occasionOf({ details: { type, application: 'app' }, content, eventId: 'E' });
  return occasion ? preferencesOf(occasion).filter((entry) => isMeantFor(entry, occasion)).length : 0;
}

const execution = (when: string[] | string | null, more: JsonObject = { status: 'SUCCEEDED' }): JsonObject => ({
  execution: { id: 'X', notifications: when === null ? null : [{ type: 'fake', when }], ...more },
});

const stage = (when: string[] | string, context: JsonObject = {}, content: JsonObject = {}): JsonObject => ({
  context: { sendNotifications: true, ...ORDINARY, notifications: [{ type: 'fake', when }], ...context },
  ...content,
});

describe('who is told of an execution', () => {
  it.each([
    ['whatever:pipeline:complete', execution('pipeline.complete'), 0],
    ['orca:whatever:whatever', execution('pipeline.complete'), 0],
    ['orca:task:complete', execution('task.complete'), 0],
    ['orca:pipeline', execution('pipeline.complete'), 0],
    ['orca:pipeline:', execution('pipeline.complete'), 0],
    ['orca:pipeline:complete', execution(null), 0],
    ['orca:pipeline:complete', {}, 0],
    ['orca:pipeline:complete', execution('pipeline.complete'), 1],
    ['orca:pipeline:complete:more', execution('pipeline.complete'), 1],
    ['orca:pipeline:complete', execution('pipeline.failed'), 0],
    ['orca:pipeline:failed', execution('pipeline.failed', { status: 'TERMINAL' }), 1],
    ['orca:pipeline:failed', execution('pipeline.failed', { status: 'CANCELED' }), 0],
    ['orca:pipeline:failed', execution('pipeline.failed', { status: 'WHATEVER', canceled: true }), 0],
    ['orca:orchestration:failed', execution('orchestration.failed', { status: 'TERMINAL' }), 1],
    ['orca:pipeline:complete', execution(['pipeline.failed', 'pipeline.complete']), 1],
    ['orca:pipeline:complete', execution('pipeline.failed,pipeline.complete'), 1],
    ['orca:pipeline:complete', execution(['xpipeline.complete']), 0],
    ['orca:pipeline:complete', execution('xpipeline.complete'), 1],
  ])('%s %j: %i', (type, content, count) => {
    expect(toldFor(type, content)).toBe(count);
  });
});

describe('who is told of a stage', () => {
  it.each([
    ['orca:stage:complete', stage('stage.complete'), 1],
    ['orca:stage:complete', stage('stage.failed'), 0],
    ['orca:stage:skipped', stage(['stage.skipped']), 1],
    ['orca:stage:failed', stage('stage.failed', {}, { canceled: true }), 0],
    ['orca:stage:complete', stage('stage.complete', { sendNotifications: false }), 0],
    ['orca:stage:complete', stage('stage.complete', SYNTHETIC), 0],
    ['orca:stage:complete', stage('stage.complete', SYNTHETIC, { isSynthetic: false }), 1],
    ['orca:stage:complete', stage('stage.complete', {}, { isSynthetic: true }), 0],
    ['orca:stage:complete', stage('stage.complete', { stageDetails: null }), 1],
    ['orca:stage:complete', stage('stage.complete', { stageDetails: {} }), 0],
    ['orca:stage:complete', stage('stage.complete', {}, { when: ['manualJudgment'] }), 0],
    ['orca:stage:starting', stage(['manualJudgment']), 0],
    ['orca:stage:complete', stage('manualJudgmentContinue'), 0],
    ['orca:stage:failed', stage(['manualJudgmentStop']), 0],
    ['orca:stage:starting', stage(['manualJudgment', 'stage.starting']), 1],
  ])('%s %j: %i', (type, content, count) => {
    expect(toldFor(type, content)).toBe(count);
  });
});
