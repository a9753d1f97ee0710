import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { AxiosRequestConfig } from 'axios';
import { firstValueFrom } from 'rxjs';
import type { JsonValue } from '../json/index.js';
import type { Identity } from '../request-context/index.js';
import { Settings } from '../settings/index.js';
import { jsonOf } from './answer.js';
import type { HttpAnswer, HttpCall } from './http.js';
import { identityHeaders } from './identity-headers.js';

/** The type of every JSON body that goes out. */
export const JSON_TYPE = 'application/json; charset=UTF-8';

export interface JsonCall {
  /** On whose behalf; given for Spinnaker services only, since it goes out with the call. */
  readonly identity?: Identity;
  /** JSON text to send. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for the whole call. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks peers that speak JSON. Resolves with the parsed answer, null where it has no body; rejects with `NoAnswerError`,
 * `BadAnswerError` (any status but 2xx), `UnusableAnswerError` (no JSON) or `UnsendableCallError`.
 */
@Injectable()
export class JsonHttp {
  constructor(
    private readonly http: HttpService,
    private readonly settings: Settings,
  ) {}

  get(url: string, call: Omit<JsonCall, 'body'> = {}): Promise<JsonValue> {
    return this.ask({ method: 'GET', url }, call);
  }

  post(url: string, call: JsonCall = {}): Promise<JsonValue> {
    return this.ask({ method: 'POST', url }, call);
  }

  put(url: string, call: JsonCall = {}): Promise<JsonValue> {
    return this.ask({ method: 'PUT', url }, call);
  }

  private async ask(asked: Pick<HttpCall, 'method' | 'url'>, call: JsonCall): Promise<JsonValue> {
    return jsonOf(asked, await this.send({ ...asked, ...this.optionsOf(call) }));
  }

  private async send(request: AxiosRequestConfig<string>): Promise<HttpAnswer> {
    const { status, headers, data } = await firstValueFrom(this.http.request<string>(request));
    return { status, headers: headers as Record<string, string>, body: data };
  }

  private optionsOf({ identity, body, headers, deadlineMs, signal }: JsonCall): AxiosRequestConfig<string> {
    return {
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': JSON_TYPE }),
        ...(identity && identityHeaders(identity, this.settings)),
        ...headers,
      },
      ...(body !== undefined && { data: body }),
      ...(deadlineMs !== undefined && { timeout: deadlineMs }),
      ...(signal && { signal }),
    };
  }
}
