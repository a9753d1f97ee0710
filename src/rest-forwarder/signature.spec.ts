import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signatureHeaders } from './signature.js';

const secretOf = (text: string): string => `whsec_${Buffer.from(text).toString('base64')}`;
const [OLD, NEW] = [secretOf('the old secret of the endpoint'), secretOf('the new secret of the endpoint')];
const body = '{"details":{"type":"bücher"},"eventId":"E"}';

// The reference library compares with the machine's clock, so the message has to be of now.
const message = { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', at: new Date().getTime(), body };

describe('the signature of a forward', () => {
  it('is what the reference implementation of Standard Webhooks verifies', () => {
    expect(new Webhook(OLD).verify(body, signatureHeaders([OLD], message))).toEqual(JSON.parse(body));
  });

  it('is there for each secret, so that either is accepted while they are changed', () => {
    const headers = signatureHeaders([OLD, NEW], message);

    for (const secret of [OLD, NEW]) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(secretOf('another')).verify(body, headers)).toThrow();
  });

  it('does not fit another body', () => {
    expect(() => new Webhook(OLD).verify(`${body} `, signatureHeaders([OLD], message))).toThrow();
  });

  it('is the same as the reference implementation makes, with a secret without its prefix too', () => {
    const at = Date.UTC(2024, 0, 15, 12);
    const theirs = new Webhook(OLD).sign('id', new Date(at), body);

    expect(signatureHeaders([OLD.slice('whsec_'.length)], { id: 'id', at: at + 999, body })).toEqual({
      'webhook-id': 'id',
      'webhook-timestamp': String(at / 1000),
      'webhook-signature': theirs,
    });
  });

  it('is not there without a secret', () => {
    expect(signatureHeaders([], message)).toEqual({});
  });
});
