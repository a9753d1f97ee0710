import { noteActor } from './actor.js';
import type { Access } from './access.js';
import type { Caller } from './caller.js';
import { challengeFor } from './challenge.js';
import type { Demand } from './scope.js';

interface Reply {
  header(name: string, value: string): unknown;
}

/** Lets a caller in and keeps its name with the request, or throws, with the challenge in the answer. */
export function enforce(access: Access, demand: Demand, caller: Caller, reply: Reply): void {
  try {
    noteActor(caller, access.admit(caller, demand));
  } catch (error) {
    const challenge = challengeFor(caller, error);
    if (challenge) reply.header('www-authenticate', challenge);
    throw error;
  }
}
