import { readFileSync } from 'node:fs';
import { type SecureContext, createSecureContext } from 'node:tls';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EchoError, messageOf } from '../../../platform/errors/index.js';
import { JSON_TYPE } from '../../../platform/http/index.js';
import { isJsonObject, stringifyJson } from '../../../platform/json/index.js';
import { type Setting, Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { objectOf } from '../../events/occasion.js';
import { cdeventsConfig, sendsSpans } from './cdevents.config.js';
import type { SpanMessage } from './cdevents.message.js';
import { exportOf } from './otlp-span.js';

/** Sends CDEvents as spans to collectors, by OTLP over HTTP in JSON. */
@Injectable()
export class OtlpClient implements OnModuleInit {
  private secureContext: SecureContext | undefined;

  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  /** Certificates are read once; one that cannot be read stops the boot. */
  onModuleInit(): void {
    if (!this.settings.get(cdeventsConfig.enabled) || !sendsSpans(this.settings)) return;
    const { otlpCaCertPath, otlpClientCertPath, otlpClientKeyPath } = cdeventsConfig;
    const ca = this.read(otlpCaCertPath);
    const [cert, key] = [this.read(otlpClientCertPath), this.read(otlpClientKeyPath)];
    const identity = cert !== undefined && key !== undefined && { cert, key };
    if (ca === undefined && !identity) return;
    this.secureContext = createSecureContext({ ...(ca !== undefined && { ca }), ...identity });
  }

  /** Rejects with a `DeliveryError` in the collector's words, also where it takes the request and not the span. */
  async post({ url, span }: SpanMessage): Promise<void> {
    const answer = await this.http.send({
      method: 'POST',
      url,
      headers: { 'content-type': JSON_TYPE },
      body: stringifyJson(exportOf(span)),
      deadlineMs: this.settings.get(cdeventsConfig.otlpTimeoutSeconds) * 1000,
      ...(this.secureContext && { secureContext: this.secureContext }),
    });
    const { partialSuccess } = objectOf(parsedAnswer(answer, 'The collector'));
    if (!isJsonObject(partialSuccess) || Number(partialSuccess['rejectedSpans'] ?? 0) === 0) return;
    throw new DeliveryError(
      `The collector took no span: ${String(partialSuccess['errorMessage'] ?? 'no reason given')}`,
    );
  }

  private read(setting: Setting<string | undefined>): string | undefined {
    const file = this.settings.get(setting);
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new EchoError(`${setting.key}: ${messageOf(error)}`, { code: 'unreadable-certificate', cause: error });
    }
  }
}
