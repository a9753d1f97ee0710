import { describe, expect, it } from 'vitest';
import { LOCAL_ACTOR, noteActor } from '../access/index.js';
import { changerOf } from './caller.js';
import type { WebRequest } from './web-request.js';

function requestOf(actor: string | undefined, headers: WebRequest['headers'] = {}): WebRequest {
  const request: WebRequest = { method: 'PUT', url: '/', ip: '127.0.0.1', headers, socket: undefined };
  noteActor(request, actor);
  return request;
}

describe('who changes something', () => {
  it('is the token, whatever name the caller claims', () => {
    expect(changerOf(requestOf('ann', { 'x-spinnaker-user': 'joe' }))).toBe('ann');
  });

  it('is whom a caller on the same machine names, if it names somebody', () => {
    expect(changerOf(requestOf(LOCAL_ACTOR, { 'x-spinnaker-user': 'joe' }))).toBe('joe');
    expect(changerOf(requestOf(LOCAL_ACTOR))).toBe('loopback');
  });

  it('is nobody known where nobody was asked', () => {
    expect(changerOf(requestOf(undefined))).toBe('anonymous');
  });
});
