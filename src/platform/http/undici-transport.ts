import type { SecureContext } from 'node:tls';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import { Clock } from '../clock/index.js';
import { Settings } from '../settings/index.js';
import { agentFor } from './agent.js';
import { Connections } from './connections.js';
import { Exchange } from './exchange.js';
import { CallAborted, DeadlineExceeded, unsendable } from './fault.js';
import { type HttpAnswer, type HttpCall, HttpTransport } from './http.js';
import { httpConfig } from './http.config.js';

function requestOf(call: HttpCall): Dispatcher.DispatchOptions {
  if (!/^https?:\/\//i.test(call.url) || !URL.canParse(call.url)) throw unsendable(call, 'the URL is not absolute');
  const { origin, pathname, search } = new URL(call.url);
  const { method, headers = {}, body = null } = call;
  return { origin, path: pathname + search, method, headers, body };
}

/** The transport over undici, whose dispatcher is the least there is between a call and its socket. */
@Injectable()
export class UndiciTransport extends HttpTransport implements OnApplicationShutdown {
  private readonly agent: Dispatcher;
  private readonly insecure: Dispatcher;
  private readonly outside: Dispatcher;
  private readonly own = new Map<SecureContext, Dispatcher>();
  private readonly defaultDeadlineMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly connections: Connections,
  ) {
    super();
    this.agent = agentFor(settings, connections.open);
    this.insecure = agentFor(settings, connections.openInsecure);
    this.outside = agentFor(settings, connections.openPublic);
    this.defaultDeadlineMs = settings.get(httpConfig.readTimeoutMs);
  }

  send(call: HttpCall): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const request = requestOf(call);
      const exchange = new Exchange(call, (result) => {
        unwatch();
        if (result instanceof Error) reject(result);
        else resolve(result);
      });
      const unwatch = this.watch(call, exchange);
      if (call.signal?.aborted) exchange.giveUp(new CallAborted(call.signal.reason));
      else this.agentOf(call).dispatch(request, exchange);
    });
  }

  /** Comes after the drain: what is still under way now has had its time. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agent, this.insecure, this.outside, ...this.own.values()].map((agent) => agent.destroy()));
  }

  private agentOf({ insecure, publicOnly, secureContext }: HttpCall): Dispatcher {
    if (secureContext) return this.agentWith(secureContext);
    if (publicOnly) return this.outside;
    return insecure ? this.insecure : this.agent;
  }

  private agentWith(secureContext: SecureContext): Dispatcher {
    const agent = this.own.get(secureContext) ?? agentFor(this.settings, this.connections.openWith(secureContext));
    this.own.set(secureContext, agent);
    return agent;
  }

  /** Gives the exchange up at its deadline or when its signal says so; the returned function ends the watch. */
  private watch({ deadlineMs = this.defaultDeadlineMs, signal }: HttpCall, exchange: Exchange): () => void {
    const cancel = this.clock.after(deadlineMs, () => exchange.giveUp(new DeadlineExceeded(deadlineMs)));
    const onAbort = (): void => exchange.giveUp(new CallAborted(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    return () => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    };
  }
}
