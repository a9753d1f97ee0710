import { z } from 'zod';
import { member, setting } from '../platform/settings/index.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const texts = member.texts.default([]);

/** What an endpoint can be told. Names and defaults of the first part are the original's (edges.md §1.5). */
const endpoint = z.object({
  url: member.url,
  eventName: member.text.optional(),
  fieldName: member.text.optional(),
  template: member.text.optional(),
  wrap: member.flag.default(false),
  flatten: member.flag.default(false),
  insecure: member.flag.default(false),
  circuitBreakerEnabled: member.flag.default(false),
  username: member.text.optional(),
  password: member.text.optional(),
  headers: z.record(z.string(), member.text).default({}),
  headersFile: member.text.optional(),
  retryCount: member.count.default(1),
  name: member.text.optional(),
  propagateHeaders: member.flag.default(false),
  durable: member.flag.default(true),
  retryDelays: z.array(member.millis).optional(),
  maxConcurrent: member.count.default(16),
  timeoutMs: member.millis.default(30 * SECOND),
  types: texts,
  sources: texts,
  applications: texts,
  expression: member.text.optional(),
  signingSecrets: texts,
  orderingKey: member.text.optional(),
  routerEvents: member.flag.default(false),
});

export type EndpointOptions = z.output<typeof endpoint>;

export const restConfig = {
  enabled: setting.flag('rest.enabled', {
    default: false,
    description: 'Forwards every event to the endpoints.',
  }),
  endpoints: setting.shape('rest.endpoints', 'list of endpoints, each with a url', z.array(endpoint), {
    default: [],
    description:
      'Where events are forwarded to. As in the original: `url`, `wrap`, `flatten`, `template`, `eventName`, `fieldName`, `username`, ' +
      '`password`, `headers`, `headersFile`, `insecure`, `circuitBreakerEnabled`, `retryCount` (fast tries, 200 ms apart). ' +
      'Besides: `name`, `propagateHeaders` (sends X-SPINNAKER-* along), `durable` and `retryDelays` (slow tries), ' +
      '`maxConcurrent`, `timeoutMs`, `types`, `sources`, `applications` (* stands for anything), `expression`, ' +
      '`signingSecrets`, `orderingKey`, `routerEvents`. See configuring.md.',
  }),
  defaultEventName: setting.text('rest.defaultEventName', {
    default: 'spinnaker_events',
    description: 'The `eventName` of wrapped events where the endpoint has none.',
  }),
  defaultFieldName: setting.text('rest.defaultFieldName', {
    default: 'payload',
    description: 'The member that holds a wrapped event where the endpoint names none.',
  }),
  breakerEnabled: setting.flag('rest.circuitBreakerEnabled', {
    default: false,
    description: 'Every endpoint has a circuit breaker, not only those that ask for one.',
  }),
  retryDelays: setting.shape('rest.retryDelays', 'list of milliseconds or texts such as 5m', z.array(member.millis), {
    default: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR],
    description: 'Pauses before the slow tries of a forward that its fast tries did not bring through.',
  }),
  maxWaiting: setting.count('rest.maxWaiting', {
    default: 10_000,
    description: 'How many forwards to one endpoint may wait for a slow try, on one instance; more are dead at once.',
  }),
  disableAfterMs: setting.millis('rest.disableAfterMs', {
    default: 120 * HOUR,
    dynamic: true,
    description: 'After failing for so long an endpoint gets nothing more until somebody enables it again; 0: never.',
  }),
};
