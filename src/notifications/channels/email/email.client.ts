import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Clock } from '../../../platform/clock/index.js';
import { messageOf } from '../../../platform/errors/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { emailConfig } from './email.config.js';
import type { EmailMessage } from './email.message.js';
import { mimeOf } from './mime.js';
import { smtpOptions } from './smtp-options.js';

/** Faults of the way there, after which the server may take the mail later. */
const PASSING = new Set(['ECONNECTION', 'ECONNREFUSED', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNRESET']);

/** 4xx of a mail server means: try again later. */
function isPassing(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return responseCode === undefined ? PASSING.has(code ?? '') : responseCode >= 400 && responseCode < 500;
}

type Transporter = ReturnType<typeof transporterFor>;

const transporterFor = (settings: Settings) => createTransport(smtpOptions(settings));

/** Hands mails to the mail server, over connections that stay open. */
@Injectable()
export class EmailClient implements OnApplicationShutdown {
  private transporter: Transporter | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Rejects with a `DeliveryError` in the mail server's words.
   * @param id the same at every attempt
   */
  async send(mail: EmailMessage, id: string): Promise<void> {
    const from = this.settings.get(emailConfig.from) ?? '';
    this.transporter ??= transporterFor(this.settings);
    const envelope = { from, to: [...mail.to, ...mail.cc] };
    try {
      await this.transporter.sendMail({
        envelope,
        raw: mimeOf(mail, { from, id, date: new Date(this.clock.now()) }),
      });
    } catch (error) {
      throw new DeliveryError(`Mail server: ${messageOf(error)}`, { retryable: isPassing(error) });
    }
  }

  onApplicationShutdown(): void {
    this.transporter?.close();
  }
}
