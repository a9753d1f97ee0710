import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { type Observable, tap } from 'rxjs';
import { Clock } from '../../platform/clock/index.js';
import { codeOf } from '../../platform/errors/index.js';
import { BoundedTag, metricToken } from '../../platform/metrics/index.js';
import { type WebRequest, renderError } from '../../platform/web/index.js';
import { opsMetrics } from '../ops.metrics.js';

interface Routed extends WebRequest {
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** Senders choose the path of a webhook. */
const SHOWN_PATH_VALUES = 200;
/** How the original writes a tag without value. */
const NONE = 'None';

/** Times every request that reaches a controller, under the tags of the original (edges.md §2.3). */
@Injectable()
export class InvocationsInterceptor implements NestInterceptor {
  private readonly types = new BoundedTag(SHOWN_PATH_VALUES);
  private readonly sources = new BoundedTag(SHOWN_PATH_VALUES);

  constructor(
    private readonly clock: Clock,
    @Inject(metricToken(opsMetrics.invocations)) private readonly durations: Histogram,
    @Inject(metricToken(opsMetrics.contentLength)) private readonly lengths: Histogram,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const started = this.clock.monotonic();
    const observe = (status: number, cause: string): void => {
      const tags = this.tagsOf(context, status, cause);
      this.durations.observe(tags, (this.clock.monotonic() - started) / 1000);
      const length = Number(context.switchToHttp().getRequest<Routed>().headers['content-length']);
      if (length >= 0) this.lengths.observe(tags, length);
    };
    return next.handle().pipe(
      tap({
        complete: () => observe(context.switchToHttp().getResponse<{ statusCode: number }>().statusCode, NONE),
        error: (error: unknown) => observe(renderError(error, this.clock.now()).status, codeOf(error)),
      }),
    );
  }

  private tagsOf(context: ExecutionContext, status: number, cause: string): Record<string, string> {
    const { type, source } = context.switchToHttp().getRequest<Routed>().params;
    return {
      controller: context.getClass().name,
      method: context.getHandler().name,
      status: `${Math.floor(status / 100)}xx`,
      statusCode: String(status),
      criticality: 'unknown',
      type: type ? this.types.of(type) : NONE,
      source: source ? this.sources.of(source) : NONE,
      success: String(cause === NONE),
      cause,
    };
  }
}
