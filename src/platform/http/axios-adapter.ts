import axios, { type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import type { HttpCall, HttpTransport } from './http.js';

/** Nest's HttpService cancels a token when its observable is unsubscribed from; the transport knows signals only. */
function signalOf({ signal, cancelToken }: InternalAxiosRequestConfig): AbortSignal {
  const cancelled = new AbortController();
  void cancelToken?.promise.then((reason) => cancelled.abort(reason));
  return signal ? AbortSignal.any([cancelled.signal, signal as AbortSignal]) : cancelled.signal;
}

function callOf(config: InternalAxiosRequestConfig): HttpCall {
  const body = config.data as string | undefined;
  // Axios names a form as the type of every POST and PUT, one without a body too.
  if (body === undefined) config.headers.setContentType(null);
  return {
    method: (config.method ?? 'get').toUpperCase() as HttpCall['method'],
    url: axios.getUri(config),
    headers: config.headers.toJSON(true) as Record<string, string>,
    signal: signalOf(config),
    ...(body !== undefined && { body }),
    ...(config.timeout && { deadlineMs: config.timeout }),
  };
}

/** Lets axios, and with it Nest's HttpService, speak through the transport; axios' own way is several times slower. */
export function axiosAdapter(transport: HttpTransport): AxiosAdapter {
  return async (config) => {
    const { status, headers, body } = await transport.send(callOf(config));
    return { data: body, status, statusText: '', headers, config };
  };
}
