import { EchoError } from '../../platform/errors/index.js';
import type { SecretAccess } from './access.js';
import type { SecretReference } from './reference.js';

/** A store of secrets. */
export interface SecretEngine {
  /** The parameters without which a reference means nothing, e.g. `b` for a bucket. */
  readonly required: readonly string[];
  /** Whether a secret is a document and `!k:` names one text in it. */
  readonly holdsDocuments: boolean;
  /** The bytes behind a reference; rejects when they cannot be had. Clients are loaded here, and not before. */
  read(parameter: (name: string) => string, access: SecretAccess): Promise<Uint8Array>;
}

/** A secret that cannot be opened, in words for the operator. Holds nothing of the secret. */
export class SecretError extends EchoError {
  constructor(message: string) {
    super(message, { code: 'secret' });
  }
}

/**
 * The value of a parameter of a reference.
 * @throws SecretError naming the parameter when it is missing
 */
export function parameterOf({ parameters, engine }: SecretReference, name: string): string {
  const value = parameters.get(name);
  if (value) return value;
  throw new SecretError(`lacks '!${name}:<value>', which the store '${engine}' needs`);
}
