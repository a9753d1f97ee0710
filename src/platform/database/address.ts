import { EchoError } from '../errors/index.js';
import { type DatabaseTls, TLS_PARAMETERS, databaseTls } from './database-tls.js';

/** What it takes to reach a database. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly ssl?: DatabaseTls;
  readonly schema?: string;
  readonly applicationName?: string;
  readonly connectTimeoutMs?: number;
}

type Extra = Pick<Address, 'schema' | 'applicationName' | 'connectTimeoutMs'>;

/** What JDBC's parameters mean here; those that are not listed have no counterpart and are named. */
const PARAMETERS: Readonly<Record<string, (value: string) => Extra>> = {
  currentSchema: (schema) => ({ schema }),
  ApplicationName: (applicationName) => ({ applicationName }),
  application_name: (applicationName) => ({ applicationName }),
  connectTimeout: (seconds) => ({ connectTimeoutMs: Number(seconds) * 1000 }),
};

/** Parameters with nothing to do here, since what they ask for always holds. */
const ALWAYS = new Set(['serverTimezone', 'reWriteBatchedInserts', 'tcpKeepAlive', 'stringtype', 'user', 'password']);

const DEFAULT_PORT = 5432;

/**
 * Reads `jdbc:postgresql://…`, `postgresql://…` and `postgres://…`. `user` and `password` given apart win over those of
 * the address.
 * @throws EchoError that names `key` when the address cannot be used
 */
export function readAddress(key: string, text: string, user?: string, password?: string): Address {
  const url = urlOf(text.trim().replace(/^jdbc:/i, ''));
  if (!url) {
    throw new EchoError(
      `${key}: '${withoutSecret(text)}' is no PostgreSQL address: write jdbc:postgresql://<host>:5432/<database>.`,
      { code: 'invalid-database-address' },
    );
  }
  const host = decodeURIComponent(url.hostname.replace(/^\[|\]$/g, ''));
  const ssl = databaseTls(key, host, url.searchParams);
  const extras = [...url.searchParams].map(([name, value]) => extraOf(key, name, value));
  const secret = password ?? (url.searchParams.get('password') || decodeURIComponent(url.password));
  return {
    host,
    port: Number(url.port) || DEFAULT_PORT,
    database: decodeURIComponent(url.pathname.slice(1)),
    user: user ?? (url.searchParams.get('user') || decodeURIComponent(url.username) || 'postgres'),
    ...(secret && { password: secret }),
    ...(ssl && { ssl }),
    ...Object.assign({}, ...extras),
  };
}

function urlOf(text: string): URL | undefined {
  if (!/^postgres(ql)?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.hostname && url.pathname.length > 1 ? url : undefined;
}

function extraOf(key: string, name: string, value: string): Extra {
  const known = PARAMETERS[name];
  if (known) return known(value);
  if (ALWAYS.has(name) || TLS_PARAMETERS.includes(name)) return {};
  throw new EchoError(
    `${key}: Echo knows no parameter '${name}' of a database address; it knows ` +
      `${[...Object.keys(PARAMETERS), ...TLS_PARAMETERS, ...ALWAYS].join(', ')}. Take it out.`,
    { code: 'invalid-database-address' },
  );
}

const withoutSecret = (text: string): string =>
  text.replace(/:[^:@/]*@/, ':***@').replace(/password=[^&]*/i, 'password=***');
