import { Injectable } from '@nestjs/common';
import {
  type HttpAnswer,
  type HttpCall,
  HttpTransport,
  JSON_TYPE,
  UnusableAnswerError,
  percentEncode,
} from '../../platform/http/index.js';
import { type JsonValue, parseJson, stringifyJson } from '../../platform/json/index.js';
import { refusal } from './failure.js';

export interface ProviderCall extends Pick<
  HttpCall,
  'method' | 'url' | 'headers' | 'body' | 'publicOnly' | 'deadlineMs' | 'secureContext'
> {
  /** The address as people may see it in an error, where the real one holds a secret. */
  readonly shownUrl?: string;
}

/** How long a provider may take for an answer; less than an effect's lease. */
const DEADLINE_MS = 20_000;

/** A form as the original encodes it: a space is `%20`; fields without a value are left out. */
export const formOf = (fields: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${percentEncode(value)}`))
    .join('&');

/**
 * Calls to providers outside of Spinnaker. Whatever status but 2xx is a `DeliveryError` with the provider's words;
 * without an answer it rejects as the transport does. Who caused the call is told to nobody (decisions.md 21).
 */
@Injectable()
export class ProviderHttp {
  constructor(private readonly transport: HttpTransport) {}

  async send({ shownUrl, ...call }: ProviderCall): Promise<HttpAnswer> {
    const answer = await this.transport.send({ deadlineMs: DEADLINE_MS, ...call });
    if (answer.status >= 200 && answer.status <= 299) return answer;
    throw refusal({ method: call.method, url: shownUrl ?? call.url }, answer);
  }

  /** Posts JSON; the answer may be of any type. */
  postJson(
    url: string,
    body: JsonValue,
    more: Pick<ProviderCall, 'headers' | 'shownUrl' | 'publicOnly'> = {},
  ): Promise<HttpAnswer> {
    const headers = { 'content-type': JSON_TYPE, ...more.headers };
    return this.send({ ...more, method: 'POST', url, headers, body: stringifyJson(body) });
  }

  /** Posts a form; fields without a value are left out. */
  postForm(
    url: string,
    fields: Readonly<Record<string, string | undefined>>,
    more: Pick<ProviderCall, 'headers'> = {},
  ): Promise<HttpAnswer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more.headers };
    return this.send({ method: 'POST', url, headers, body: formOf(fields) });
  }
}

/** The JSON of an answer, null where it is empty. Throws `UnusableAnswerError` for what is no JSON. */
export function parsedAnswer(answer: HttpAnswer, provider: string): JsonValue {
  if (answer.body === '') return null;
  try {
    return parseJson(answer.body);
  } catch {
    throw new UnusableAnswerError(`${provider} answered ${answer.status} with what is no JSON`);
  }
}
