import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { EchoError, InvalidRequestError } from '../errors/index.js';
import { renderError } from './error-body.js';

const NOW = Date.UTC(2026, 10, 23, 14, 33, 13, 387);

describe('an error as callers see it', () => {
  it('has a time stamp, the status, its phrase and one text', () => {
    expect(renderError(new InvalidRequestError('send more'), NOW).body).toEqual({
      timestamp: '2026-11-23T14:33:13.387+00:00',
      status: 400,
      error: 'Bad Request',
      message: 'send more',
    });
  });

  it('shows one text even where the framework has a list', () => {
    expect(typeof renderError(new BadRequestException(['a', 'b']), NOW).body.message).toBe('string');
  });

  it('says of an unknown path what the original says', () => {
    expect(renderError(new NotFoundException('Cannot GET /x'), NOW).body).toMatchObject({
      status: 404,
      message: 'No message available',
    });
  });

  it.each([new TypeError('x is not a function'), 'thrown text', undefined, null, { statusCode: 'x' }])(
    'hides what is inside of %s',
    (error) => {
      const { body, level } = renderError(error, NOW);
      expect(body.status).toBe(500);
      expect(body.message).not.toContain('function');
      expect(level).toBe('error');
    },
  );

  it('takes the status and the level that an error carries', () => {
    const error = new EchoError('full', { code: 'x', status: 503, level: 'warn' });
    expect(renderError(error, NOW)).toMatchObject({
      status: 503,
      level: 'warn',
      body: { error: 'Service Unavailable' },
    });
  });

  it('explains a body that is too large, and passes other faults of the server on', () => {
    const tooLarge = Object.assign(new Error('x'), { statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
    const broken = Object.assign(new Error('Client closed'), { statusCode: 400, code: 'FST_ERR_X' });
    expect(renderError(tooLarge, NOW).body.message).toContain('server.maxBodySize');
    expect(renderError(broken, NOW).body).toMatchObject({ status: 400, message: 'Client closed' });
  });

  it('explains it as well when the framework has wrapped it', () => {
    const tooLarge = Object.assign(new Error('x'), { statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
    const wrapped = new HttpException('Request body is too large', 413, { cause: tooLarge });
    expect(renderError(wrapped, NOW).body).toMatchObject({ status: 413, error: 'Payload Too Large' });
    expect(renderError(wrapped, NOW).body.message).toContain('server.maxBodySize');
  });

  it.each(['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH'])('does not repeat the path of a %s', (code) => {
    const fault = Object.assign(new Error("'/<script>' is not a valid url"), { statusCode: 400, code });
    expect(renderError(fault, NOW).body.message).not.toContain('script');
  });
});
