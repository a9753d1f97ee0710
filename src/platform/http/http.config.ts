import { z } from 'zod';
import { setting } from '../settings/index.js';
import { isNetwork } from './public-addresses.js';

/** A proxy may be written without its scheme, as for curl. */
const proxyAddress = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*[^\s:]+:\d+\/?\s*$/.test(value) ? `http://${value.trim()}` : value),
  z.string().refine((value) => value === '' || (/^https?:\/\/[^/]/i.test(value) && URL.canParse(value))),
) as z.ZodType<string>;

const PROXY = 'address of an HTTP proxy such as http://proxy:3128, or nothing';

const atLeastOne = z.coerce.number().int().min(1);

/** Names and defaults are the original's (edges.md §1.8). */
export const httpConfig = {
  connectTimeoutMs: setting.millis('okHttpClient.connectTimeoutMs', {
    default: 5000,
    description: 'Milliseconds to wait for a connection to a service, TLS included.',
  }),
  readTimeoutMs: setting.shape('okHttpClient.readTimeoutMs', 'milliseconds, a whole number ≥ 1', atLeastOne, {
    default: 120_000,
    description: 'Milliseconds that an outgoing call may take in all, up to the last byte of its answer.',
  }),
  maxRequestsPerHost: setting.shape('okHttpClient.maxRequestsPerHost', 'whole number ≥ 1', atLeastOne, {
    default: 100,
    description: 'How many calls to one destination are made at once; further ones wait their turn.',
  }),
  keepAliveDurationMs: setting.shape(
    'okHttpClient.connectionPool.keepAliveDurationMs',
    'milliseconds, a whole number ≥ 1',
    atLeastOne,
    {
      default: 30_000,
      description: 'Milliseconds after which an idle connection is closed; sooner where the service asks for it.',
    },
  ),
  httpProxy: setting.shape('platform.http.httpProxy', PROXY, proxyAddress, {
    default: '',
    description: 'Proxy for calls to http addresses; the variable HTTP_PROXY sets it.',
  }),
  httpsProxy: setting.shape('platform.http.httpsProxy', PROXY, proxyAddress, {
    default: '',
    description: 'Proxy for calls to https addresses; the variable HTTPS_PROXY sets it.',
  }),
  noProxy: setting.texts('platform.http.noProxy', {
    default: [],
    description:
      'Hosts, domains (.x.example), networks (10.0.0.0/8) or * that are called without proxy; a port may follow.',
  }),
  allowedNetworks: setting.shape(
    'platform.http.allowedNetworks',
    'list of addresses and networks such as 10.0.0.0/8',
    z.array(z.string().refine(isNetwork)),
    {
      default: [],
      description: 'Internal networks that addresses written by users, such as chat webhooks, may lead to.',
    },
  ),
  propagateSpinnakerHeaders: setting.flag('okHttpClient.propagateSpinnakerHeaders', {
    default: true,
    description: 'Sends the X-SPINNAKER-* headers of whoever caused a call along to Spinnaker services.',
  }),
};
