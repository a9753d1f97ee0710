import { Injectable } from '@nestjs/common';
import { AuthenticationHandler, Client, GraphError } from '@microsoft/microsoft-graph-client';
import { HttpTransport } from '../../platform/http/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { DeliveryError } from '../delivery/failure.js';
import { graphConfig } from './graph.config.js';
import type { GraphTokens } from './graph-tokens.js';
import { TransportMiddleware } from './transport-middleware.js';

function refusal({ statusCode, code, message, headers }: GraphError): DeliveryError {
  const retryable = statusCode === 429 || statusCode >= 500;
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return new DeliveryError(`Microsoft Graph: ${code ?? statusCode}: ${message}`, {
    status: statusCode,
    retryable,
    ...(seconds >= 0 && { retryAfterMs: seconds * 1000 }),
  });
}

/** Speaks to Microsoft Graph, through Microsoft's own client. */
@Injectable()
export class GraphClient {
  constructor(
    private readonly transport: HttpTransport,
    private readonly settings: Settings,
  ) {}

  /** Rejects with a `DeliveryError` in Microsoft's words, or as the transport does. */
  async post(path: string, body: JsonObject, tokens: GraphTokens): Promise<void> {
    try {
      await this.clientWith(tokens).api(path).post(body);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // The client wraps whatever comes from below: statuses are Graph's own, -1 is none.
      throw error.statusCode > 0 ? refusal(error) : new DeliveryError(error.message, { retryable: true });
    }
  }

  private clientWith(tokens: GraphTokens): Client {
    const endpoint = this.settings.get(graphConfig.endpoint);
    const authentication = new AuthenticationHandler({ getAccessToken: () => tokens.get() });
    authentication.setNext(new TransportMiddleware(this.transport));
    return Client.initWithMiddleware({
      middleware: authentication,
      baseUrl: endpoint,
      defaultVersion: 'v1.0',
      // Tokens are shown to Microsoft's own hosts, and to those named here.
      customHosts: new Set([new URL(endpoint).hostname]),
    });
  }
}
