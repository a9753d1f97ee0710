import { Logger } from '@nestjs/common';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { messageOf } from '../errors/index.js';
import type { HttpTransport } from '../http/index.js';

export interface OtlpExporterOptions {
  /** The whole address. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const SUCCESS = 0;
const FAILED = 1;

/** Sends spans by OTLP in JSON, over the same connections as all other calls: proxies and private CAs hold here too. */
export class OtlpExporter implements SpanExporter {
  private readonly log = new Logger('Traces');

  constructor(
    private readonly transport: HttpTransport,
    private readonly options: OtlpExporterOptions,
  ) {}

  export(spans: ReadableSpan[], told: Parameters<SpanExporter['export']>[1]): void {
    this.send(spans).then(
      () => told({ code: SUCCESS }),
      (error: unknown) => {
        this.log.warn(`${spans.length} spans are lost: ${messageOf(error)}`);
        told({ code: FAILED });
      },
    );
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  private async send(spans: ReadableSpan[]): Promise<void> {
    const { url, headers } = this.options;
    const body = new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans));
    const call = { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body } as const;
    const { status } = await this.transport.send(call);
    if (status >= 300) throw new Error(`POST ${url} answered ${status}`);
  }
}
