import { STATUS_CODES } from 'node:http';
import type { HttpCall } from './http.js';

const SECRET_NAME = /key|token|secret|pass|sig|auth|credential|code/i;

/** A URL as it may be shown: without user and password, values of query parameters that sound secret masked. */
export function shownUrl(url: string): string {
  return url
    .replace(/^(\w+:\/\/)[^/?#]*@/, '$1')
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (all, before: string, name: string) =>
      SECRET_NAME.test(name) ? `${before}${name}=***` : all,
    );
}

/** How a call is called in messages: method and URL. */
export const titleOf = ({ method, url }: Pick<HttpCall, 'method' | 'url'>): string => `${method} ${shownUrl(url)}`;

/** What HTTP calls a status: `Not Found`; empty for one that it does not know. */
export const reasonOf = (status: number): string => STATUS_CODES[status] ?? '';
