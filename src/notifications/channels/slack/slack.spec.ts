import { describe, expect, it } from 'vitest';
import { execution, occasion } from '../../../../test/support/occasion.js';
import { TestSettings } from '../../../../test/support/test-settings.js';
import { chatText } from '../../events/chat-text.js';
import { placeOf } from './slack.client.js';
import { slackConfig } from './slack.config.js';
import { fullAttachment, slackText } from './slack.message.js';

const HOOK_TOKEN = 'T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX';
const HOOKS = 'https://hooks.slack.com/services';

describe('where Slack is', () => {
  it.each([
    ['myOldFashionToken', '', 'https://slack.com', false],
    [HOOK_TOKEN, '', HOOKS, true],
    ['OLD/FASHION', '', 'https://slack.com', false],
    ['', '', 'https://slack.com', false],
    ['myOldFashionToken', 'https://example.com', 'https://example.com', false],
    [HOOK_TOKEN, 'https://example.com/', 'https://example.com', true],
  ])('by token %j and address %j', (token, baseUrl, expected, webhook) => {
    const settings = new TestSettings({ 'slack.token': token, 'slack.baseUrl': baseUrl });
    expect(placeOf(settings, slackConfig.bot)).toEqual({ baseUrl: expected, token, webhook });
  });

  it('can be an incoming webhook whatever the token looks like', () => {
    const settings = new TestSettings({ 'slack.app.token': 'x', 'slack.app.forceUseIncomingWebhook': true });
    expect(placeOf(settings, slackConfig.app)).toMatchObject({ baseUrl: HOOKS, webhook: true });
  });
});

describe('the text for an event', () => {
  const trigger = { buildInfo: { url: 'http://ci/7', number: 7 } };

  it.each([
    ['pipeline:complete', execution(), "Whatever's <L|foo-pipeline> pipeline has completed successfully"],
    ['pipeline:starting', execution(), "Whatever's <L|foo-pipeline> pipeline is starting"],
    ['orchestration:failed', execution(), "Whatever's <L|foo-pipeline> pipeline has failed"],
    [
      'pipeline:failed',
      execution({ trigger }),
      "Whatever's <L|foo-pipeline> build <http://ci/7|7> pipeline has failed",
    ],
    [
      'stage:skipped',
      { ...execution(), name: 'bake' },
      "Stage bake for Whatever's <L|foo-pipeline> pipeline has skipped",
    ],
    ['stage:failed', execution(), "Stage null for Whatever's <L|foo-pipeline> pipeline has failed"],
  ])('%s', (kindAndStatus, content, text) => {
    expect(slackText(occasion(kindAndStatus, content), 'L')).toBe(text);
  });

  it("is followed by the author's text for that moment", () => {
    const preference = { message: { 'pipeline.failed': { text: 'Custom failed message' } } };
    expect(chatText(preference, occasion('pipeline:failed', execution()), 'L', () => 'standard')).toBe(
      'standard\n\nCustom failed message',
    );
    expect(chatText(preference, occasion('pipeline:complete', execution()), 'L', () => 'standard')).toBe('standard');
    const number = { message: { 'pipeline.failed': { text: 7 } } };
    expect(chatText(number, occasion('pipeline:failed', execution()), 'L', () => 'standard')).toBe('standard\n\n7');
  });

  it("is the author's own where the notification or the stage has one", () => {
    const here = occasion('stage:failed', {
      ...execution(),
      context: { customMessage: 'of {{executionId}}: {{link}}' },
    });
    expect(chatText({}, here, 'L', () => 'standard')).toBe('of 1: L');
    expect(chatText({ customMessage: 'mine' }, here, 'L', () => 'standard')).toBe('mine');
  });
});

describe('an attachment', () => {
  it('has the members of the original in its order', () => {
    const attachment = fullAttachment({ title: 'T', text: 'x', color: '#CCCCCC', at: 1_700_000_000_900 });
    expect(JSON.stringify(attachment)).toBe(
      '{"title":"T","text":"x","color":"#CCCCCC","fallback":"x","callback_id":null,"actions":[],' +
        '"footer_icon":"https://avatars0.githubusercontent.com/u/7634182?s=200&v=4","footer":"Spinnaker",' +
        '"mrkdwn_in":["text"],"ts":1700000000}',
    );
  });

  it('has the buttons of an interactive notification', () => {
    const buttons = [{ name: 'choice', text: 'OK', value: 'ok' }];
    expect(
      fullAttachment({ title: 'T', text: 'x', color: '#1', callbackId: 'test:blah', buttons, at: 0 }),
    ).toMatchObject({
      callback_id: 'test:blah',
      actions: [{ type: 'button', name: 'choice', text: 'OK', value: 'ok' }],
    });
  });
});
