import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Templates } from '../templates/templates.js';
import { readDirectNotification } from './direct-notification.js';
import { DirectTexts } from './direct-texts.js';
import { GroupTexts } from './group-texts.js';

const settings = new TestSettings({ 'spinnaker.baseUrl': 'http://deck' });
const texts = new DirectTexts(new GroupTexts(new Templates(settings), settings));

const STAGE = 'http://deck/#/applications/shop/executions/details/X?refId=3&step=1';

const request = (notificationType: string, additionalContext: JsonObject, more: JsonObject = {}) =>
  readDirectNotification({
    notificationType,
    source: { application: 'shop', executionId: 'X' },
    additionalContext,
    ...more,
  });

const subject = (additionalContext: JsonObject): string => texts.subject(request('SMS', additionalContext));

/** The body that a group makes for a channel. */
const bodyOf = (templateGroup: string, channel: string, additionalContext: JsonObject, more: JsonObject = {}): string =>
  texts.body(request(channel, additionalContext, { templateGroup, ...more }));

const judged = {
  ...{ stageName: 'Go', stageId: '3', restrictExecutionDuringTimeWindow: false },
  ...{ judgedBy: 'ann', instructions: 'look <b>here</b>', message: 'because', judgmentInput: 'yes' },
};

describe('what a sender wrote', () => {
  it.each([
    [{ customSubject: 'own', subject: 'S' }, 'own'],
    [{ customSubject: '', subject: 'S' }, 'S'],
    [{ customSubject: null, subject: 'S' }, 'S'],
    [{ subject: '' }, ''],
  ])('%j is the subject %j', (context, expected) => {
    expect(subject({ ...context, formatter: 'MARKDOWN' })).toBe(expected);
  });
});

describe('the texts of a judgment', () => {
  it.each(['SMS', 'SLACK', 'MICROSOFTTEAMS', 'EMAIL', 'GOOGLECHAT'])('for %s have what people need', (channel) => {
    const link = channel === 'EMAIL' || channel === 'GOOGLECHAT' ? STAGE.replace('&', '&amp;') : STAGE;

    const asked = bodyOf('manualJudgment', channel, judged);
    const continued = bodyOf('manualJudgmentContinue', channel, judged);
    const stopped = bodyOf('manualJudgmentStop', channel, judged);

    for (const text of [asked, continued, stopped]) expect(text).toContain(link);
    expect(asked).toMatch(/look (<b>)?here/);
    expect(continued).toMatch(/ann[^]*yes[^]*because/);
    expect(stopped).toMatch(/ann[^]*because/);
  });

  it('lead where they say, whatever is in the address', () => {
    const source = { application: 'a>b|c', executionId: 'X' };
    expect(bodyOf('manualJudgment', 'SLACK', { stageName: 'Go' }, { source })).toContain(
      '<http://deck/#/applications/a%3Eb%7Cc/executions/details/X|Go>',
    );
  });
});

describe('the texts of an intent', () => {
  const intent = { eventKind: 'done', intentId: 'I', subject: 'S', body: '<http://x|here> _now_' };

  it('are for the channel as keel wrote them', () => {
    expect(bodyOf('keelIntent', 'SLACK', intent)).toBe('done: I\n<http://x|here> _now_');
    expect(bodyOf('keelIntent', 'SMS', intent)).toBe('done: I\n<http://x|here> _now_');
  });
});

describe('texts that cannot be made', () => {
  it.each([
    ['manualJudgment', { source: null }, {}, 'source.application, stageName'],
    ['manualJudgmentContinue', {}, { stageName: 'Go' }, 'judgedBy'],
    ['keelIntent', {}, { intentId: 'I', subject: 'S' }, 'eventKind, body'],
    ['swabbie', {}, { resourceType: 'image', resources: null }, 'resources'],
  ])('say what %s needs: %j %j', (group, more, context, missing) => {
    expect(() => bodyOf(group, 'SLACK', context, more)).toThrow(`The texts of ${group} need ${missing}.`);
  });
});
