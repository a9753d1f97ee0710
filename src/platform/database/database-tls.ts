import { EchoError, messageOf } from '../errors/index.js';
import { certificatesInFile, identityInFiles } from '../tls/index.js';

/** How the connection to a database is made safe, in the words of Node's TLS. */
export interface DatabaseTls {
  /** What the certificate is checked against, where it is an address: those are sent in no handshake. */
  readonly host: string;
  readonly rejectUnauthorized: boolean;
  readonly ca?: string[];
  readonly key?: string;
  readonly cert?: string;
  readonly checkServerIdentity?: () => undefined;
}

/** JDBC's parameters about TLS. */
export const TLS_PARAMETERS: readonly string[] = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword'];

const PLAIN = ['disable', 'allow', 'prefer'];
const SAFE = ['require', 'verify-ca', 'verify-full'];

/**
 * Reads what JDBC's parameters say about TLS: `sslmode`, else `ssl`, which means `verify-full`. Files are PEM or PKCS12.
 * @throws EchoError that names `key` and the parameter
 */
export function databaseTls(key: string, host: string, parameters: URLSearchParams): DatabaseTls | undefined {
  const fault = (name: string, problem: string, cause?: unknown): EchoError =>
    new EchoError(`${key}: ${name} ${problem}`, { code: 'invalid-database-address', cause });
  const read = <T>(name: string, reading: () => T): T => {
    try {
      return reading();
    } catch (error) {
      throw fault(name, messageOf(error), error);
    }
  };
  const mode = parameters.get('sslmode') ?? (isOn(parameters.get('ssl')) ? 'verify-full' : 'prefer');
  if (PLAIN.includes(mode)) return undefined;
  if (!SAFE.includes(mode)) throw fault('sslmode', `is '${mode}', valid: ${[...PLAIN, ...SAFE].join(', ')}.`);
  const [root, cert, secret] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => parameters.get(name) || undefined);
  const [certificate, privateKey] = [cert ?? secret, secret ?? cert];
  const password = parameters.get('sslpassword') ?? '';
  return {
    host,
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
    ...(root !== undefined && { ca: read('sslrootcert', () => certificatesInFile(root)) }),
    ...(certificate !== undefined &&
      privateKey !== undefined &&
      read('sslkey', () => identityInFiles(certificate, privateKey, password))),
  };
}

const isOn = (ssl: string | null): boolean => ssl !== null && ssl !== 'false';
