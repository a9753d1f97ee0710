import { describe, expect, it } from 'vitest';
import { faults, ID_1, ID_2, ID_3, request, startFaults } from './comparing.js';
import type { Json } from './json.js';
import type { SentRequest } from './recording.js';

const NAME_BASED_ID = 'd8f28646-4967-3e2e-b372-f7afdf933157';

function get(url: string, changes: Partial<SentRequest> = {}): SentRequest {
  return request({ peer: 'igor', method: 'GET', url, body: null, ...changes });
}

describe('comparing requests', () => {
  it('finds equal ones equal, in whatever order they were sent and their members stand', () => {
    const a = request({ body: { application: 'a', name: 'x' } });
    const b = request({ url: '/fail' });

    expect(faults({ recorded: [a, b], actual: [b, request({ body: { name: 'x', application: 'a' } })] })).toEqual([]);
  });

  it.each<[string, Partial<SentRequest>]>([
    ['another peer', { peer: 'keel' }],
    ['another method', { method: 'PUT' }],
    ['another url', { url: '/orchestrate/' }],
    ['another query', { url: '/orchestrate?x=1' }],
    ['one header more', { headers: { 'x-spinnaker-user': 'ann' } }],
    ['another text', { body: { application: 'App' } }],
    ['a number for a text', { body: { application: 1 } }],
    ['one member more', { body: { application: 'app', name: '' } }],
    ['one member less', { body: {} }],
  ])('sees %s', (_, change) => {
    expect(faults({ recorded: [request()], actual: [request(change)] })).not.toEqual([]);
  });

  it('sees a request that is missing and one that is too much', () => {
    expect(faults({ recorded: [request()], actual: [] })).toEqual([expect.stringContaining('not sent: orca POST')]);
    expect(faults({ recorded: [], actual: [request()] })).toEqual([expect.stringContaining('not recorded: orca POST')]);
    expect(faults({ recorded: [request()], actual: [request(), request()] })).not.toEqual([]);
  });

  it('sees that items of a list stand in another order', () => {
    expect(startFaults({ stages: [1, 2] }, { stages: [2, 1] })).not.toEqual([]);
  });

  it('names the place where the most similar request differs', () => {
    const report = startFaults(
      { application: 'app', trigger: { tag: '1' } },
      { application: 'app', trigger: { tag: '2' } },
    );

    expect(report).toEqual(['orca POST /orchestrate: body.trigger.tag: expected "1", got "2"']);
  });
});

describe('members without a value', () => {
  it('count as absent', () => {
    expect(startFaults({ a: 1, b: null }, { a: 1 })).toEqual([]);
    expect(startFaults({ a: { c: 1 } }, { a: { b: null, c: 1 } })).toEqual([]);
  });

  it('count inside a payload and inside lists', () => {
    expect(startFaults({ payload: { a: null } }, { payload: {} })).not.toEqual([]);
    expect(startFaults({ payload: { a: { b: [{ c: null }] } } }, { payload: { a: { b: [{}] } } })).not.toEqual([]);
    expect(startFaults({ a: [null, 1] }, { a: [1] })).not.toEqual([]);
  });

  it('are not the same as an empty value', () => {
    expect(startFaults({ a: null }, { a: '' })).not.toEqual([]);
    expect(startFaults({ a: '' }, {})).not.toEqual([]);
  });
});

describe('random ids', () => {
  it('may be others, of either kind', () => {
    expect(startFaults({ trigger: { eventId: ID_1 } }, { trigger: { eventId: ID_2 } })).toEqual([]);
    expect(startFaults({ trigger: { eventId: ID_1 } }, { trigger: { eventId: ID_3 } })).toEqual([]);
  });

  it('have to be random ids', () => {
    expect(startFaults({ trigger: { eventId: ID_1 } }, { trigger: { eventId: 'evt' } })).not.toEqual([]);
    expect(startFaults({ trigger: { eventId: ID_1 } }, { trigger: {} })).not.toEqual([]);
    expect(startFaults({ trigger: { eventId: 'evt' } }, { trigger: { eventId: ID_1 } })).not.toEqual([]);
  });

  it('are literal where they are made from names', () => {
    expect(startFaults({ id: NAME_BASED_ID }, { id: NAME_BASED_ID.replace('d', 'e') })).not.toEqual([]);
  });

  it('are literal where the case brought them in', () => {
    const steps = [{ path: '/', body: { eventId: ID_1 } }];

    expect(startFaults({ eventId: ID_1 }, { eventId: ID_1 }, { steps })).toEqual([]);
    expect(startFaults({ eventId: ID_1 }, { eventId: ID_2 }, { steps })).not.toEqual([]);
  });

  it('are the same everywhere where the recorded ones are', () => {
    const responses = [{ status: 200, body: { eventId: ID_1 } }];
    const answers = [{ status: 200, body: { eventId: ID_2 } }];
    const recorded = [request({ body: { eventId: ID_1 } })];

    expect(faults({ responses, answers, recorded, actual: [request({ body: { eventId: ID_2 } })] })).toEqual([]);
    expect(faults({ responses, answers, recorded, actual: [request({ body: { eventId: ID_3 } })] })).not.toEqual([]);
  });

  it('are followed through requests that look alike, whatever their order', () => {
    const responses = [ID_1, ID_2].map((eventId) => ({ status: 200, body: { eventId } }));
    const starts = [ID_1, ID_2].map((eventId) => request({ body: { eventId } }));

    const report = faults({ responses, answers: responses, recorded: starts, actual: starts.toReversed() });

    expect(report).toEqual([]);
  });
});

describe('execution and correlation ids', () => {
  const bare = { application: 'app', trigger: { type: 'git' } };
  const ours = { application: 'app', executionId: ID_3, trigger: { type: 'git', correlationId: 'c' } };

  it('may be there where the recording has none', () => {
    expect(startFaults(bare, ours)).toEqual([]);
    expect(startFaults(bare, bare)).toEqual([]);
  });

  it('count where the recording has them', () => {
    const given = { application: 'app', executionId: 'EXEC01', trigger: { type: 'git', correlationId: 'corr-1' } };

    expect(startFaults(given, given)).toEqual([]);
    expect(startFaults(given, { ...given, executionId: 'EXEC02' })).not.toEqual([]);
    expect(startFaults(given, { ...given, trigger: { type: 'git', correlationId: 'corr-2' } })).not.toEqual([]);
    expect(startFaults(given, bare)).not.toEqual([]);
  });

  it('have no business elsewhere', () => {
    expect(startFaults(bare, { ...bare, correlationId: 'c' })).not.toEqual([]);
    expect(startFaults(bare, { ...bare, trigger: { type: 'git', executionId: ID_3 } })).not.toEqual([]);
    const fail = request({ url: '/fail', body: bare });
    expect(faults({ recorded: [fail], actual: [{ ...fail, body: ours }] })).not.toEqual([]);
  });
});

describe('times of the recorder', () => {
  it.each<[string, Json, Json]>([
    ['ts', 1795444938, 1699999999],
    ['created', '1795444578661', '1699999999999'],
    ['timestamp', '2026-11-23T15:08:36Z', '2024-02-29T00:00:00.123Z'],
    ['time', '2026-11-23T15:08:36.080426579Z', '2024-02-29T00:00:00Z'],
  ])('may be another time: %s', (name, recorded, actual) => {
    expect(startFaults({ [name]: recorded }, { [name]: actual })).toEqual([]);
    expect(startFaults({ [name]: recorded }, { [name]: 'soon' })).not.toEqual([]);
    expect(startFaults({ [name]: recorded }, {})).not.toEqual([]);
    expect(startFaults({ [name]: '1795444578661' }, { [name]: 1795444578661 })).not.toEqual([]);
  });

  it('are literal where the case brought them in, and under any other name', () => {
    const steps = [{ path: '/', body: { timestamp: '1495000000000' } }];

    expect(startFaults({ timestamp: '1495000000000' }, { timestamp: '1495000000001' }, { steps })).not.toEqual([]);
    expect(startFaults({ startTime: 1795444938000 }, { startTime: 1795444938001 })).not.toEqual([]);
  });
});

describe('requests that do not count', () => {
  const poll = get('/pipelines?restricted=false', { peer: 'front50' });

  it('are the poll for all pipelines and the look-up of an execution', () => {
    expect(faults({ actual: [poll, get('/pipelines/01ABC', { peer: 'orca' })] })).toEqual([]);
  });

  it('are no other questions to front50 and orca', () => {
    expect(faults({ actual: [get('/pipelines/app', { peer: 'front50' })] })).not.toEqual([]);
    expect(faults({ actual: [get('/pipelines?pipelineConfigIds=a', { peer: 'orca' })] })).not.toEqual([]);
    expect(faults({ actual: [get('/pipelines/01ABC/logs', { peer: 'orca' })] })).not.toEqual([]);
  });

  it('are repeated equal GETs, on either side', () => {
    const [first, second] = [ID_1, ID_2].map((id) => get('/builds/1', { headers: { 'x-spinnaker-request-id': id } }));

    expect(faults({ recorded: [first!, first!], actual: [second!] })).toEqual([]);
    expect(faults({ recorded: [first!], actual: [second!, second!, second!] })).toEqual([]);
  });

  it('are no other GETs and no repeated POSTs', () => {
    expect(faults({ recorded: [get('/a')], actual: [get('/a'), get('/b')] })).not.toEqual([]);
    expect(
      faults({ recorded: [get('/a')], actual: [get('/a'), get('/a', { headers: { 'x-spinnaker-user': 'b' } })] }),
    ).not.toEqual([]);
    expect(faults({ recorded: [request()], actual: [request(), request()] })).not.toEqual([]);
  });
});

describe('headers', () => {
  const withHeaders = (peer: SentRequest['peer'], headers: Record<string, string>) => [request({ peer, headers })];

  it('do not count by content type', () => {
    const recorded = withHeaders('orca', { 'content-type': 'application/json; charset=UTF-8' });

    expect(faults({ recorded, actual: withHeaders('orca', { 'content-type': 'application/json' }) })).toEqual([]);
  });

  it('tell Spinnaker who calls, and nobody else', () => {
    const user = { 'x-spinnaker-user': 'ann' };

    expect(faults({ recorded: withHeaders('igor', user), actual: withHeaders('igor', {}) })).not.toEqual([]);
    expect(faults({ recorded: withHeaders('any', user), actual: withHeaders('any', {}) })).toEqual([]);
    expect(faults({ recorded: withHeaders('any', user), actual: withHeaders('any', user) })).not.toEqual([]);
  });

  it('of the receiver count literally', () => {
    const recorded = withHeaders('any', { authorization: 'Basic dTpw' });

    expect(faults({ recorded, actual: withHeaders('any', {}) })).not.toEqual([]);
  });
});

describe('secrets of triggers', () => {
  const body = { trigger: { secret: 's', slug: 'r' }, triggers: [{ secret: 's' }], stages: [{ secret: 'kept' }] };

  it('never reach orca', () => {
    expect(startFaults(body, { trigger: { slug: 'r' }, triggers: [{}], stages: [{ secret: 'kept' }] })).toEqual([]);
    expect(startFaults(body, body)).not.toEqual([]);
  });

  it('are no secrets elsewhere', () => {
    expect(startFaults(body, { trigger: { slug: 'r' }, triggers: [{}], stages: [{}] })).not.toEqual([]);
  });
});
