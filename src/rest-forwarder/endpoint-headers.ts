import { JSON_TYPE } from '../platform/http/index.js';
import type { EndpointOptions } from './rest-forwarder.config.js';

/** Gives the text of a file, or `undefined` where it cannot be read; says so by itself. */
export type HeadersFile = (path: string) => string | undefined;

type Given = Pick<EndpointOptions, 'username' | 'password' | 'headers' | 'headersFile'>;

/**
 * The headers of every request to an endpoint; of the same name the file's win over the configured ones, and those over
 * user and password (edges.md §6.1). The body's type is always ours.
 */
export function endpointHeaders(given: Given, readFile: HeadersFile): Record<string, string> {
  const { username, password, headers, headersFile } = given;
  const basic = username !== undefined && password !== undefined && basicAuthorization(username, password);
  const fromFile = headersFile === undefined ? '' : (readFile(headersFile) ?? '');
  const all = { ...(basic && { Authorization: basic }), ...headers, ...headersIn(fromFile) };
  const own = Object.entries(all).filter(([name]) => name.toLowerCase() !== 'content-type');
  return { ...Object.fromEntries(own), 'content-type': JSON_TYPE };
}

const basicAuthorization = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** `Name: value` a line. Unlike the original a value may hold colons itself; a line without any is passed over. */
export function headersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    return name === '' ? [] : [[name, line.slice(colon + 1).trim()]];
  });
  return Object.fromEntries(lines);
}
