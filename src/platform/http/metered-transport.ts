import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { Clock } from '../clock/index.js';
import { codeOf } from '../errors/index.js';
import { BoundedTag, metricToken } from '../metrics/index.js';
import { HEADER } from '../request-context/index.js';
import { NoTracer, type SpanOptions, Tracer } from '../tracing/index.js';
import { type HttpAnswer, type HttpCall, HttpTransport } from './http.js';
import { httpMetrics } from './http.metrics.js';
import { Peers } from './peers.js';
import { shownUrl } from './title.js';
import { UndiciTransport } from './undici-transport.js';

/** Users name hosts too: chat webhooks, endpoints. */
const SHOWN_HOSTS = 100;
const NO_STATUS = -1;
const SERVER_FAULTS = 500;

/** `host` has the port, where that is not the usual one. */
type Place = Pick<URL, 'host' | 'hostname'>;

const placeOf = ({ url }: HttpCall): Place => (URL.canParse(url) ? new URL(url) : { host: '', hostname: '' });

const spanOf = ({ method, url }: HttpCall): SpanOptions => ({
  name: method,
  kind: 'client',
  facts: { 'http.request.method': method, 'url.full': shownUrl(url) },
});

/** Times every call under the tags that the original's client has, notes how its host fares, and traces those that belong to a trace. */
@Injectable()
export class MeteredTransport extends HttpTransport {
  private readonly hosts = new BoundedTag(SHOWN_HOSTS);

  constructor(
    private readonly inner: UndiciTransport,
    private readonly clock: Clock,
    @Inject(metricToken(httpMetrics.calls)) private readonly calls: Histogram,
    private readonly peers: Peers,
    @Optional() private readonly tracer: Tracer = new NoTracer(),
  ) {
    super();
  }

  send(call: HttpCall): Promise<HttpAnswer> {
    const { headers } = call;
    if (headers?.['traceparent'] === undefined) return this.timed(call);
    return this.tracer.trace(
      spanOf(call),
      { headers },
      (gone) => this.timed({ ...call, headers: gone.headers }),
      ({ status }) => ({ facts: { 'http.response.status_code': status } }),
    );
  }

  private async timed(call: HttpCall): Promise<HttpAnswer> {
    const started = this.clock.monotonic();
    const place = placeOf(call);
    let status = NO_STATUS;
    try {
      const answer = await this.inner.send(call);
      status = answer.status;
      this.noteAnswer(place, status);
      return answer;
    } catch (error) {
      this.peers.failed(place.host, this.clock.now(), codeOf(error));
      throw error;
    } finally {
      this.calls.observe(this.tagsOf(call, place, status), (this.clock.monotonic() - started) / 1000);
    }
  }

  private noteAnswer({ host }: Place, status: number): void {
    const now = this.clock.now();
    if (status < SERVER_FAULTS) this.peers.answered(host, now);
    else this.peers.failed(host, now, `answered ${status}`);
  }

  private tagsOf({ headers = {} }: HttpCall, { hostname }: Place, status: number): Record<string, string> {
    return {
      requestHost: this.hosts.of(hostname),
      statusCode: String(status),
      status: status === NO_STATUS ? 'Unknown' : `${Math.floor(status / 100)}xx`,
      success: String(status >= 200 && status < 300),
      authenticated: String(HEADER.user in headers && HEADER.accounts in headers),
    };
  }
}
