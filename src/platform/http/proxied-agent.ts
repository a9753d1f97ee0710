import { Dispatcher } from 'undici';
import type { NoProxy } from './no-proxy.js';
import type { HttpProxy } from './proxy.js';

/** Calls without a proxy, and those of each scheme that has one. */
export interface Ways {
  readonly direct: Dispatcher;
  /** To `http:` peers: the proxy gets the whole URL, and the request is its own. */
  readonly forward: { readonly agent: Dispatcher; readonly proxy: HttpProxy } | undefined;
  /** To `https:` peers: through a tunnel, which the proxy cannot look into. */
  readonly tunnel: Dispatcher | undefined;
}

/** Chooses the way of every call by its destination; pools are per destination on each of them. */
export class ProxiedAgent extends Dispatcher {
  constructor(
    private readonly ways: Ways,
    private readonly noProxy: NoProxy,
  ) {
    super();
  }

  override dispatch(call: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { direct, forward, tunnel } = this.ways;
    const destination = new URL(String(call.origin));
    if (this.noProxy.covers(destination)) return direct.dispatch(call, handler);
    if (destination.protocol === 'https:') return (tunnel ?? direct).dispatch(call, handler);
    if (!forward) return direct.dispatch(call, handler);
    const headers = { ...(call.headers as Record<string, string> | undefined), ...forward.proxy.headers };
    return forward.agent.dispatch({ ...call, path: destination.origin + call.path, headers }, handler);
  }

  override async close(): Promise<void> {
    await Promise.all(this.agents().map((agent) => agent.close()));
  }

  override async destroy(): Promise<void> {
    await Promise.all(this.agents().map((agent) => agent.destroy()));
  }

  private agents(): Dispatcher[] {
    const { direct, forward, tunnel } = this.ways;
    return [direct, ...(forward ? [forward.agent] : []), ...(tunnel ? [tunnel] : [])];
  }
}
