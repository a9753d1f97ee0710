import { SetMetadata, applyDecorators } from '@nestjs/common';

/** What a token may do, each including those before it: look, repeat and discard, change. */
export const SCOPES = ['read', 'operate', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a caller of an endpoint must have. */
export type Demand =
  /** Nothing. */
  | { readonly kind: 'open' }
  /** What `security.metrics` says. */
  | { readonly kind: 'metrics' }
  /** What `security.ingress` says: the endpoints of the original. */
  | { readonly kind: 'ingress' }
  /** A token with this scope, or a place on the same machine. */
  | { readonly kind: 'scope'; readonly scope: Scope };

/** The metadata key; an endpoint without any is one of the original's. */
export const DEMAND = 'echo:access';

const demand = (value: Demand): ClassDecorator & MethodDecorator => applyDecorators(SetMetadata(DEMAND, value));

/** Marks endpoints, of a class or single ones, that the original lacks. */
export const Requires = (scope: Scope): ClassDecorator & MethodDecorator => demand({ kind: 'scope', scope });

/** Marks endpoints that show or change what only operators should: on the same machine, or with an admin's token. */
export const LoopbackOnly = (): ClassDecorator & MethodDecorator => Requires('admin');

/** Marks endpoints that are open to everybody whatever is configured. */
export const Open = (): ClassDecorator & MethodDecorator => demand({ kind: 'open' });

/** Marks endpoints that show metrics. */
export const ShowsMetrics = (): ClassDecorator & MethodDecorator => demand({ kind: 'metrics' });

export const includes = (granted: readonly Scope[], wanted: Scope): boolean =>
  granted.some((scope) => SCOPES.indexOf(scope) >= SCOPES.indexOf(wanted));
