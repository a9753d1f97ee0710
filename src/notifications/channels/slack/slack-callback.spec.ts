import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../platform/json/index.js';
import { answeredMessage, readSlackCallback, responsePath } from './slack-callback.js';
import { checkSigned, slackSignature } from './slack-signature.js';

const NOW = 1_581_528_126_000;
const signed = (body: string, timestamp = '1581528126') => ({ secret: 'secret', timestamp, body });

describe("Slack's signature", () => {
  it.each([
    ['payload=%7B%7D', 'v0=8b5b102d4bec4d72ae032d2dc5e0a52da9de36ac0e1236771b15f9721ff26e64'],
    ['payload=a*b', 'v0=9c45640bf40df9c8b0165d37c6625ba4e94c19dcd622d379ac441640849ae507'],
    ['payload=a%2Ab', 'v0=9c45640bf40df9c8b0165d37c6625ba4e94c19dcd622d379ac441640849ae507'],
  ])('of %s', (body, signature) => {
    expect(slackSignature(signed(body))).toBe(signature);
    expect(() => checkSigned(signed(body), signature, NOW)).not.toThrow();
  });

  it('is refused when it is of another body', () => {
    const signature = slackSignature(signed('payload=%7B%7D'));
    expect(() => checkSigned(signed('payload=%7B%20%7D'), signature, NOW)).toThrow('Invalid Slack signature header.');
    expect(() => checkSigned(signed('payload=%7B%7D'), 'v0=short', NOW)).toThrow('Invalid Slack signature header.');
  });

  it('holds for five minutes', () => {
    const [body, signature] = ['payload=%7B%7D', slackSignature(signed('payload=%7B%7D'))];
    expect(() => checkSigned(signed(body), signature, NOW + 300_000)).not.toThrow();
    expect(() => checkSigned(signed(body), signature, NOW + 300_001)).toThrow(
      'Slack request timestamp is older than 5 minutes. Replay attack?',
    );
  });

  it('needs a timestamp that is a number', () => {
    expect(() => checkSigned(signed('', 'now'), 'v0=', NOW)).toThrow('For input string: "now"');
    expect(() => checkSigned(signed('', '-5'), 'v0=', NOW)).toThrow('Replay attack?');
  });
});

const PAYLOAD = {
  type: 'interactive_message',
  actions: [{ name: 'approval', type: 'button', value: 'yes' }],
  callback_id: 'keel:01DYNYK94DE4901K9P802DB4ZT:more',
  user: { id: 'USJ9YG2DT', name: 'john.doe' },
  response_url: 'https://evil.example/actions/T00000000/0123456789/abcdefgh1234567?x=y',
  original_message: {
    text: 'kept',
    attachments: [
      {
        text: 'Please',
        color: '#1',
        actions: [
          { type: 'button', text: 'Approve', value: 'yes' },
          { type: 'button', text: 'Reject', value: 'no' },
        ],
      },
      { text: 'second' },
    ],
  },
};

const NOBODY = 'Slack callback_id and user not present. Cannot route the request to originating Spinnaker service.';

const bodyOf = (payload: object): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

describe("Slack's callback", () => {
  it('says who pressed which button, and whose question it was', () => {
    expect(readSlackCallback(bodyOf(PAYLOAD))).toMatchObject({
      serviceId: 'keel',
      messageId: '01DYNYK94DE4901K9P802DB4ZT',
      userId: 'USJ9YG2DT',
      userName: 'john.doe',
      action: { name: 'approval', value: 'yes' },
    });
  });

  it.each([
    ['content=suspicious', 'Missing payload field in Slack callback request.'],
    ['payload=%7B', 'The payload of the Slack callback is no JSON.'],
    ['payload=%zz', 'The payload of the Slack callback is no JSON.'],
    ['payload=1', 'The payload of the Slack callback is no object.'],
    [bodyOf({ ...PAYLOAD, type: 'block_actions' }), 'Unsupported Slack callback type: block_actions'],
    [bodyOf({ ...PAYLOAD, callback_id: '' }), NOBODY],
    [bodyOf({ ...PAYLOAD, user: {} }), NOBODY],
    [bodyOf({ ...PAYLOAD, actions: [{ type: 'select' }] }), 'Spinnaker currently only supports Slack button actions.'],
    [bodyOf({ ...PAYLOAD, callback_id: 'keel' }), "The callback_id 'keel' names no message."],
  ])('that cannot be passed on: %s', (body, message) => {
    expect(() => readSlackCallback(body)).toThrow(message);
  });

  it('turns the message into one without buttons that says who pressed which', () => {
    expect(answeredMessage(PAYLOAD as unknown as JsonObject)).toEqual({
      text: 'kept',
      attachments: [
        { color: '#1', text: 'Please\n\nUser <@USJ9YG2DT> clicked the *Approve* action.' },
        { text: 'second' },
      ],
    });
  });

  it("is answered below Slack's own address, whatever host it names", () => {
    expect(responsePath(PAYLOAD as unknown as JsonObject)).toBe('/actions/T00000000/0123456789/abcdefgh1234567');
  });
});
