import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Caller } from './caller.js';

const ACTOR = Symbol('actor');

/** Keeps with a request who makes it. */
export function noteActor(caller: Caller, name: string | undefined): void {
  Object.assign(caller, { [ACTOR]: name });
}

/** The name of the token that a request was made with, `loopback` on the same machine: the "who" of a change. */
export const actorOf = (caller: Caller): string => (caller as Caller & { [ACTOR]?: string })[ACTOR] ?? 'anonymous';

/** A parameter of an endpoint: who calls it. */
export const Actor = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  actorOf(context.switchToHttp().getRequest<Caller>()),
);
