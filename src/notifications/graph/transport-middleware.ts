import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { HttpCall, HttpTransport } from '../../platform/http/index.js';

/** Less than an effect's lease. */
const DEADLINE_MS = 20_000;

/** Statuses whose answers may have no body. */
const BODILESS = new Set([204, 205, 304]);

/** Sends what Microsoft's client has put together through Echo's own transport: one pool, one set of certificates. */
export class TransportMiddleware implements Middleware {
  constructor(private readonly transport: HttpTransport) {}

  async execute(context: Context): Promise<void> {
    const { request, options } = context;
    const { status, headers, body } = await this.transport.send({
      method: (options?.method ?? 'GET') as HttpCall['method'],
      url: typeof request === 'string' ? request : String((request as { url: string }).url),
      headers: Object.fromEntries(new Headers(options?.headers as HeadersInit)),
      ...(typeof options?.body === 'string' && { body: options.body }),
      deadlineMs: DEADLINE_MS,
    });
    context.response = new Response(BODILESS.has(status) ? null : body, { status, headers: headers as HeadersInit });
  }
}

type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;
