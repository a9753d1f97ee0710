import { trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { pairsOf } from './pairs.js';
import { samplerOf } from './sampler.js';
import { contextOf, headersOf } from './span-context.js';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('The trace of a caller', () => {
  it.each([
    [PARENT, PARENT],
    [PARENT.replace(/01$/, '00')],
    ['cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what', PARENT],
  ])('goes on: %s', (traceparent, written = traceparent) => {
    const context = trace.getSpanContext(contextOf({ traceparent }));

    expect(context && headersOf(context)).toEqual({ traceparent: written });
  });

  it.each([
    '',
    'nonsense',
    PARENT.replace(/^00/, 'ff'),
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  ])('is none that is valid: %j', (traceparent) => {
    expect(trace.getSpanContext(contextOf({ traceparent }))).toBeUndefined();
  });

  it('keeps what vendors say of it', () => {
    const context = trace.getSpanContext(contextOf({ traceparent: PARENT, tracestate: 'a=1,b=2' }));

    expect(context && headersOf(context)).toEqual({ traceparent: PARENT, tracestate: 'a=1,b=2' });
  });
});

describe('Pairs in a variable', () => {
  it('are separated by commas, their values decoded', () => {
    expect(pairsOf(' a = 1 ,b=x%20y,c=k=v,,d,=e,f=100%')).toEqual({ a: '1', b: 'x y', c: 'k=v', f: '100%' });
  });
});

describe('A sampler', () => {
  it.each([
    ['always_on', 'AlwaysOnSampler'],
    ['always_off', 'AlwaysOffSampler'],
    ['traceidratio', 'TraceIdRatioBased{0.25}'],
    ['parentbased_always_on', 'ParentBased{root=AlwaysOnSampler'],
    ['parentbased_traceidratio', 'ParentBased{root=TraceIdRatioBased{0.25}'],
  ] as const)('is called %s', (name, shown) => {
    expect(samplerOf(name, 0.25).toString()).toContain(shown);
  });
});
