import { Injectable } from '@nestjs/common';
import { VERIFIED_HEADER } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { EchoError } from '../../platform/errors/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Headers, isThroughGate } from '../../platform/signatures/index.js';
import { webhooksConfig } from '../webhooks.config.js';
import { Refusals } from './refusals.js';
import type { SignatureRule } from './signature-rule.js';
import { type Verification, secretHeadersOf, verify } from './verify.js';

/** What was sent, as far as its sender is concerned. */
export interface SentWebhook {
  readonly headers: Headers;
  readonly body: Buffer;
  readonly sender: string;
}

/** What is noted of a sender that was verified: private headers of its events. */
export type SenderMark = Headers;

const NOBODY: SenderMark = {};
const VERIFIED: SenderMark = { [VERIFIED_HEADER]: ['true'] };
const UNAUTHORIZED = { code: 'webhook-signature', status: 401 };
const GATE =
  '; gate passes on X-Hub-Signature alone and writes bodies anew: let the host send straight to Echo, see docs/webhooks.md, Signatures';

/** Verifies who sends, for the sources that `webhooks.signatures` lists (decisions.md 20 and 41). */
@Injectable()
export class Signatures {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly refusals: Refusals,
  ) {}

  /** The headers in which senders prove themselves, besides those that are always kept apart. */
  secretHeaders(): readonly string[] {
    return this.rules().flatMap(secretHeadersOf);
  }

  /**
   * Checks what was sent to one source after another; a rule is worked out once. Throws 401 where a source has to be
   * signed and is not.
   */
  of(sent: SentWebhook): (type: string, source: string) => SenderMark {
    const known = new Map<SignatureRule, Verification>();
    return (type, source) => {
      const rule = this.ruleFor(type, source);
      if (!rule) return NOBODY;
      const verification = known.get(rule) ?? this.verify(type, rule, sent);
      known.set(rule, verification);
      if (verification.kind === 'valid') return VERIFIED;
      if (!rule.required) return NOBODY;
      throw new EchoError(`Source ${source} has to be signed: ${verification.reason}.`, UNAUTHORIZED);
    };
  }

  private verify(type: string, rule: SignatureRule, sent: SentWebhook): Verification {
    const verification = verify(rule, { ...sent, at: this.clock.now() });
    if (verification.kind === 'valid') return verification;
    const reason = `${verification.reason}${isThroughGate(sent.headers) ? GATE : ''}`;
    const answered = rule.required ? 'refused' : 'accepted';
    this.refusals.record({ type, source: rule.source, reason, answered, sender: sent.sender });
    return { kind: 'refused', reason };
  }

  private ruleFor(type: string, source: string): SignatureRule | undefined {
    return this.rules().find(
      (rule) => rule.source === source && (rule.type ?? type).toLowerCase() === type.toLowerCase(),
    );
  }

  private rules(): readonly SignatureRule[] {
    return this.settings.get(webhooksConfig.signatures);
  }
}
