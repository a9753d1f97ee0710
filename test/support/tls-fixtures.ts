import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/tls');

/** The path of a file in test/fixtures/tls. */
export const tlsFile = (name: string): string => path.join(FOLDER, name);

export const tlsText = (name: string): string => readFileSync(tlsFile(name), 'utf8');

/** Certificate and key of one of the names there, as the options of a server or a client. */
export const tlsPair = (name: string): { cert: string; key: string } => ({
  cert: tlsText(`${name}.pem`),
  key: tlsText(`${name}-key.pem`),
});
