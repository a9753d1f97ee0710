import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { type RawAnswer, rawRequest } from '../support/raw-request.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const ERROR = { timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/) as string };

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [webhookPipeline('good')], env: { SERVER_MAXBODYSIZE: '4096' } });
});

afterAll(() => echo.close());

/** Does the bad thing between two good events, and sees that these start their pipeline and nothing else starts. */
async function amidGoodEvents<T>(badThing: () => Promise<T>): Promise<T> {
  const { orca } = echo.spinnaker;
  const before = orca.requests.length;
  expect((await echo.post('/webhooks/webhook/good', {})).status).toBe(200);
  const seen = await badThing();
  expect((await echo.post('/webhooks/webhook/good', {})).status).toBe(200);
  await echo.idle();
  expect(orca.requests.slice(before).map(({ url }) => url)).toEqual(['/orchestrate', '/orchestrate']);
  return seen;
}

const seen = async (answer: Response | Promise<Response>): Promise<{ status: number; body: unknown }> => {
  const { status, text } = await Promise.resolve(answer).then(async (it) => ({
    status: it.status,
    text: await it.text(),
  }));
  return { status, body: text === '' ? '' : (JSON.parse(text) as unknown) };
};

const raw = async (head: string, body: string | Buffer = '', goodbye = false): Promise<RawAnswer> => {
  const lines = `${head}\r\nHost: echo\r\nConnection: close\r\n\r\n`;
  return rawRequest(echo.url, Buffer.concat([Buffer.from(lines), Buffer.from(body)]), goodbye);
};

const JSON_POST = 'POST / HTTP/1.1\r\nContent-Type: application/json';

describe('a body that is no event', () => {
  it.each([
    ['malformed JSON', '{"details": {"type": ', 400, 'Invalid JSON at line 1, column 22: expected a value'],
    ['text after JSON that is no JSON', 'null?', 400, 'Invalid JSON'],
    ['a list', '[]', 400, 'expected an object, got a list'],
    ['a text', '"event"', 400, "expected an object, got 'event'"],
    ['null', 'null', 400, 'expected an event, a JSON object, got null'],
    ['details of a wrong type', '{"details": "build"}', 400, "details: expected an object, got 'build'"],
    ['a type that is no text', '{"details": {"type": {}}}', 400, 'details.type: expected a text, got an object'],
    ['content of a wrong type', '{"content": [1]}', 400, 'content: expected an object, got a list'],
    ['headers of a wrong type', '{"details": {"requestHeaders": {"a": 1}}}', 400, 'details.requestHeaders.a'],
    ['nothing at all', '', 400, 'The request has no body'],
    ['nesting without end', '['.repeat(4000), 400, 'at most 2000 objects and lists inside each other'],
    ['more than allowed', `{"content": "${'x'.repeat(5000)}"}`, 413, 'server.maxBodySize'],
  ])('%s is answered with what is wrong', async (_what, body, status, message) => {
    const answer = await amidGoodEvents(() => seen(echo.post('/', body)));

    expect(answer).toEqual({
      status,
      body: {
        ...ERROR,
        status,
        error: expect.any(String) as string,
        message: expect.stringContaining(message) as string,
      },
    });
  });

  it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp'], ['no type at all']])(
    'content type %s is answered 415',
    async (type) => {
      const answer = await amidGoodEvents(() => seen(echo.post('/', '{}', { 'content-type': type })));

      expect(answer.status).toBe(415);
      expect(answer.body).toEqual({
        ...ERROR,
        status: 415,
        error: 'Unsupported Media Type',
        message: expect.stringMatching(/content type/i) as string,
      });
    },
  );

  it.each(['application/json;charset=UTF-8', 'application/vnd.spinnaker+json', 'APPLICATION/JSON'])(
    'content type %s is JSON',
    async (type) => {
      expect((await echo.post('/', '{}', { 'content-type': type })).status).toBe(200);
    },
  );

  it('bytes that are no UTF-8 are refused, not replaced in silence', async () => {
    const body = Buffer.from([...Buffer.from('{"eventId":"'), 0xc3, 0x28, ...Buffer.from('"}')]);

    const answer = await amidGoodEvents(() => raw(`${JSON_POST}\r\nContent-Length: ${body.length}`, body));

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, message: 'The body is not valid UTF-8.' });
  });
});

describe('a webhook that cannot be used', () => {
  it.each([
    ['malformed JSON', '{"a":', 400, 'Invalid JSON'],
    ['a list', '[1]', 400, 'A webhook needs a JSON object'],
    ['a number', '5', 400, 'A webhook needs a JSON object'],
    ['nothing', '', 400, 'no body'],
  ])('%s is answered with what is wrong', async (_what, body, status, message) => {
    const answer = await amidGoodEvents(() => seen(echo.post('/webhooks/webhook/good', body)));

    expect(answer).toMatchObject({ status, body: { status, message: expect.stringContaining(message) as string } });
  });

  it.each([
    ['artifacts', "content.artifacts: expected a list, got 'x'"],
    ['parameters', "content.parameters: expected an object, got 'x'"],
  ])('%s of a wrong type are accepted, and the event recorded as unusable', async (member, reason) => {
    const answer = await amidGoodEvents(() => seen(echo.post('/webhooks/webhook/good', { [member]: 'x' })));

    const { eventId } = answer.body as { eventId: string };
    const recorded = await seen(echo.get(`/events/${eventId}/decisions`));
    expect(recorded.body).toMatchObject([{ decisions: [], unusable: [{ handler: 'webhook', reason }] }]);
  });
});

describe('an event that nothing waits for', () => {
  it.each([
    ['an unknown type', { details: { type: 'mcp:tool:list' }, content: {} }],
    ['a health check of igor', { details: { type: 'IgorHealthCheck' }, content: {} }],
    ['no details', { content: { a: 1 } }],
    ['no type', { details: { source: 'igor' } }],
    ['no members', {}],
    ['a docker event without content', { details: { type: 'docker' } }],
    ['a manual start of nothing', { details: { type: 'manual' } }],
  ])('%s is accepted with an empty answer', async (_what, event) => {
    expect(await amidGoodEvents(() => seen(echo.post('/', event)))).toEqual({ status: 200, body: '' });
  });

  it('members called __proto__ and constructor are members like others', async () => {
    // The number cannot be kept by JavaScript's own parser: then another one reads the text.
    const payload = '{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}, "n": 1.10}';

    await amidGoodEvents(() =>
      echo.post('/', `{"details": {"type": "x"}, "payload": ${payload}, "__proto__": {"a": 1}}`),
    );
    await echo.post('/webhooks/webhook/good', payload);
    await echo.idle();

    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(echo.spinnaker.orca.requests.at(-1)?.body).toContain(
      '"payload":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"n":1.1',
    );
  });
});

describe('a request that is no proper HTTP', () => {
  it.each([
    ['a length above what is sent', `${JSON_POST}\r\nContent-Length: 50`, '{"a":1}', 400],
    ['a length that is no number', `${JSON_POST}\r\nContent-Length: many`, '{}', 400],
    ['two lengths that differ', `${JSON_POST}\r\nContent-Length: 2\r\nContent-Length: 9`, '{}', 400],
    [
      'a length and chunks',
      `${JSON_POST}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked`,
      '2\r\n{}\r\n0\r\n\r\n',
      400,
    ],
    ['chunks without sizes', `${JSON_POST}\r\nTransfer-Encoding: chunked`, 'ZZ\r\n{}', 400],
    ['a header without end', `${JSON_POST}\r\nX-Long: ${'x'.repeat(20_000)}`, '', 431],
    ['no HTTP', 'hello', '', 400],
    ['a path with a broken escape', 'GET /%zz HTTP/1.1', '', 400],
    ['a path without end', `GET /events/${'x'.repeat(3000)}/decisions HTTP/1.1`, '', 414],
    ['a length of gigabytes', `${JSON_POST}\r\nContent-Length: 5000000000`, '{}', 413],
  ])('%s is answered in the shape of all errors', async (_what, head, body, status) => {
    const answer = await amidGoodEvents(() => raw(head, body, true));

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(answer.body)).toEqual({
      ...ERROR,
      status,
      error: expect.any(String) as string,
      message: expect.any(String) as string,
    });
  });

  it('a body shorter than it came is not read beyond its length', async () => {
    const answer = await amidGoodEvents(() => raw(`${JSON_POST}\r\nContent-Length: 4`, '{} {"details":{}}'));

    expect(answer.status).toBe(400);
  });

  it('a body without a length counts as none', async () => {
    const answer = await amidGoodEvents(() => raw(JSON_POST));

    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, message: 'The request has no body: send JSON.' });
  });

  it('a caller who leaves in the middle of a body is forgotten', async () => {
    await amidGoodEvents(() => raw(`${JSON_POST}\r\nContent-Length: 4000`, '{"details":', true));
  });
});
