import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Histogram } from 'prom-client';
import { BoundedTag, metricToken } from '../../platform/metrics/index.js';
import { causeOf } from '../../platform/web/index.js';
import { opsMetrics } from '../ops.metrics.js';

interface Routed {
  readonly params: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Reached {
  readonly controller: string;
  readonly method: string;
}

/** Senders choose the path of a webhook. */
const SHOWN_PATH_VALUES = 200;
/** How the original writes a tag without value. */
const NONE = 'None';

/**
 * Times every request that reaches a controller, under the tags of the original (edges.md §2.3). As a guard it learns
 * which controller that is, and a hook of the server tells of the end: an interceptor would lead every answer through
 * RxJS once more, which costs a third of the events that Echo can take in.
 */
@Injectable()
export class Invocations implements CanActivate, OnModuleInit {
  private readonly reached = new WeakMap<object, Reached>();
  private readonly types = new BoundedTag(SHOWN_PATH_VALUES);
  private readonly sources = new BoundedTag(SHOWN_PATH_VALUES);

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(metricToken(opsMetrics.invocations)) private readonly durations: Histogram,
    @Inject(metricToken(opsMetrics.contentLength)) private readonly lengths: Histogram,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance();
    server.addHook('onResponse', (request, reply, done) => {
      this.ended(request, reply.statusCode, reply.elapsedTime);
      done();
    });
  }

  canActivate(context: ExecutionContext): true {
    const place = { controller: context.getClass().name, method: context.getHandler().name };
    this.reached.set(context.switchToHttp().getRequest<object>(), place);
    return true;
  }

  private ended(request: Routed, status: number, elapsedMs: number): void {
    const reached = this.reached.get(request);
    if (!reached) return;
    const tags = this.tagsOf(request, reached, status);
    this.durations.observe(tags, elapsedMs / 1000);
    const length = Number(request.headers['content-length']);
    if (length >= 0) this.lengths.observe(tags, length);
  }

  private tagsOf(request: Routed, { controller, method }: Reached, status: number): Record<string, string> {
    const { type, source } = request.params as Readonly<Record<string, string | undefined>>;
    const cause = causeOf(request) ?? NONE;
    return {
      controller,
      method,
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
