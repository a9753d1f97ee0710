import { z } from 'zod';
import { member, setting } from '../settings/index.js';
import { isNetwork } from './networks.js';
import { SCOPES } from './scope.js';

const HASH = /^sha256:[0-9a-f]{64}$/i;

const network = member.text.refine(isNetwork, { message: 'an address or a network such as 10.0.0.0/8' });
const networks = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value),
  z.array(network),
);

const namedToken = z.object({
  name: member.text.refine((name) => /^\S.{0,99}$/.test(name), { message: 'a name of up to 100 characters' }),
  hash: member.text.refine((hash) => HASH.test(hash), {
    message: 'sha256: and the 64 hexadecimal digits of the SHA-256 of the token',
  }),
  scopes: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value),
    z.array(z.enum(SCOPES)).default([]),
  ),
});

/** One that may be shown in `Authorization: Bearer …`. */
export type NamedToken = z.output<typeof namedToken>;

const tokenList = z
  .array(namedToken)
  .refine((tokens) => new Set(tokens.map(({ name }) => name)).size === tokens.length, {
    message: 'tokens with names of their own: the name says who changed something',
  });

export const accessConfig = {
  tokens: setting.shape('security.tokens', 'list of tokens, each with name, hash and scopes', tokenList, {
    default: [],
    dynamic: true,
    description:
      'Who may use what the original lacks, with `Authorization: Bearer <token>`: `name` (stands beside each change), `hash` ' +
      '(`sha256:` and the SHA-256 of the token in hexadecimal), `scopes` of read, operate and admin, each including those before it.',
  }),
  trustLoopback: setting.flag('security.trustLoopback', {
    default: true,
    dynamic: true,
    description: 'Callers on the same machine, if no proxy stands before them, may do everything without a token.',
  }),
  ingress: setting.texts('security.ingress.require', {
    default: [],
    dynamic: true,
    description:
      "What callers of the original's endpoints must show, `POST /` and webhooks included, one of: token, certificate " +
      '(of a client, checked by `server.ssl.clientAuth`), network. Nothing: they are open.',
  }),
  networks: setting.shape('security.ingress.networks', 'list of addresses and networks such as 10.0.0.0/8', networks, {
    default: [],
    dynamic: true,
    description: 'Where callers may come from who are asked for `network`.',
  }),
  requestsPerSecond: setting.count('security.ingress.requestsPerSecond', {
    default: 0,
    dynamic: true,
    description:
      "How many requests a second one address may send to the original's endpoints, and at once; more are answered 429. " +
      'Behind a proxy all come from its address. 0: as many as the inbox takes.',
  }),
  metrics: setting.choice('security.metrics', ['open', 'token'], {
    default: 'open',
    dynamic: true,
    description: 'Whether metrics are for everybody, or for callers with any token.',
  }),
};
