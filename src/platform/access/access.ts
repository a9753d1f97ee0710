import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { Settings } from '../settings/index.js';
import { hasCertificate } from '../tls/index.js';
import { type NamedToken, accessConfig } from './access.config.js';
import { ForbiddenError, TooManyAttemptsError, UnknownCallerError } from './access-errors.js';
import { WrongTokens } from './attempts.js';
import type { Caller } from './caller.js';
import { isLocal } from './local.js';
import { isWithin } from './networks.js';
import { RequestRate } from './request-rate.js';
import { type Demand, type Scope, includes } from './scope.js';
import { shownToken, tokenFor } from './tokens.js';

/** Under which name changes are recorded that somebody on this machine made without a token. */
export const LOCAL_ACTOR = 'loopback';

const WRONG_TOKENS_A_MINUTE = 20;

/** Decides who may call what. Settings are read at each call, so that a token can be taken away at once. */
@Injectable()
export class Access {
  private readonly rate = new RequestRate();
  private readonly wrong = new WrongTokens(WRONG_TOKENS_A_MINUTE);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * The name of the caller, where there is one; `undefined` for a stranger who may do this. Throws an `EchoError` that
   * is answered 401, 403 or 429.
   */
  admit(caller: Caller, demand: Demand): string | undefined {
    switch (demand.kind) {
      case 'open':
        return undefined;
      case 'metrics':
        return this.settings.get(accessConfig.metrics) === 'open' ? undefined : this.known(caller);
      case 'ingress':
        this.atItsRate(caller);
        return this.throughIngress(caller);
      case 'scope':
        return this.withScope(caller, demand.scope);
    }
  }

  private withScope(caller: Caller, scope: Scope): string {
    const token = this.tokenOf(caller);
    if (!token) return this.local(caller);
    if (includes(token.scopes, scope)) return token.name;
    throw new ForbiddenError(token.name, scope);
  }

  private atItsRate({ ip }: Caller): void {
    const perSecond = this.settings.get(accessConfig.requestsPerSecond);
    if (perSecond === 0 || this.rate.allows(ip, perSecond, this.clock.now())) return;
    throw TooManyAttemptsError.ofRequests(perSecond);
  }

  private throughIngress(caller: Caller): string | undefined {
    const accepted = this.settings.get(accessConfig.ingress);
    if (accepted.length === 0) return undefined;
    if (accepted.includes('network') && isWithin(caller.ip, this.settings.get(accessConfig.networks))) return undefined;
    if (accepted.includes('certificate') && hasCertificate(caller.socket)) return undefined;
    if (accepted.includes('token')) return this.known(caller);
    throw new UnknownCallerError(`This endpoint is closed to callers without: ${accepted.join(' or ')}.`);
  }

  private known(caller: Caller): string {
    return this.tokenOf(caller)?.name ?? this.local(caller);
  }

  private local(caller: Caller): string {
    if (this.settings.get(accessConfig.trustLoopback) && isLocal(caller)) return LOCAL_ACTOR;
    throw new UnknownCallerError(
      "This endpoint wants a token of security.tokens, as 'Authorization: Bearer <token>', or a caller on the same machine.",
    );
  }

  /** Throws when a token is shown that is none of ours: then nobody is let in for another reason. */
  private tokenOf(caller: Caller): NamedToken | undefined {
    const shown = shownToken(caller);
    if (shown === undefined) return undefined;
    const now = this.clock.now();
    const heldUntil = this.wrong.heldUntil(caller.ip, now);
    if (heldUntil !== undefined) throw TooManyAttemptsError.ofTokens(Math.ceil((heldUntil - now) / 1000));
    const token = tokenFor(shown, this.settings.get(accessConfig.tokens));
    if (token) return token;
    this.wrong.note(caller.ip, now);
    throw new UnknownCallerError('This token is not known.');
  }
}
