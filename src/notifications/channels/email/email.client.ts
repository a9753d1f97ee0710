import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { messageOf } from '../../../platform/errors/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { emailConfig } from './email.config.js';
import type { EmailMessage } from './email.message.js';
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

  constructor(private readonly settings: Settings) {}

  /** Rejects with a `DeliveryError` in the mail server's words. */
  async send({ to, cc, ...mail }: EmailMessage): Promise<void> {
    const from = this.settings.get(emailConfig.from) ?? '';
    this.transporter ??= transporterFor(this.settings);
    try {
      await this.transporter.sendMail({
        ...mail,
        from,
        to: [...to],
        cc: [...cc],
        envelope: { from, to: [...to, ...cc] },
        date: undefined,
      });
    } catch (error) {
      throw new DeliveryError(`Mail server: ${messageOf(error)}`, { retryable: isPassing(error) });
    }
  }

  onApplicationShutdown(): void {
    this.transporter?.close();
  }
}
