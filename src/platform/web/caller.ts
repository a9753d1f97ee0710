import { LOCAL_ACTOR, actorOf } from '../access/index.js';
import { HEADER, type Identity, asUser, identityOf } from '../request-context/index.js';
import { certificateUser } from '../tls/index.js';
import type { WebRequest } from './web-request.js';

/**
 * Who makes a request: what its identity headers say. Where they name no user, it is the one of the client's
 * certificate, if the connection has one (edges.md §2.3).
 */
export function callerOf({ headers, socket }: WebRequest): Identity {
  const identity = identityOf(headers);
  const user = HEADER.user in identity.headers ? undefined : certificateUser(socket);
  return user === undefined ? identity : asUser(identity, user);
}

/** The "who" of a change: the name of the token that it is made with; on the same machine whom the caller names. */
export function changerOf(request: WebRequest): string {
  const actor = actorOf(request);
  return actor === LOCAL_ACTOR ? (callerOf(request).headers[HEADER.user] ?? LOCAL_ACTOR) : actor;
}
