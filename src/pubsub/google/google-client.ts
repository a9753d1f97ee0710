import { existsSync } from 'node:fs';
import type { ClientConfig, PubSub } from '@google-cloud/pubsub';
import { EchoError } from '../../platform/errors/index.js';

/** Whose client it is, and where it goes. */
export interface GoogleAccess {
  readonly project: string;
  /** Key of a service account; without one the application's default credentials hold. */
  readonly keyFile: string | undefined;
  readonly endpoint: string | undefined;
}

/** A client of the official library, which is loaded only where something is configured. */
export async function googleClient({ project, keyFile, endpoint }: GoogleAccess): Promise<PubSub> {
  const { PubSub } = await import('@google-cloud/pubsub');
  const config: ClientConfig = {
    projectId: project,
    ...(keyFile !== undefined && { keyFilename: keyFile }),
    ...(endpoint !== undefined && { apiEndpoint: endpoint }),
  };
  return new PubSub(config);
}

/**
 * @param key the setting that names the file
 * @throws EchoError when there is none, as the original does not start either
 */
export function demandKeyFile(key: string, file: string | undefined): void {
  if (file === undefined || existsSync(file)) return;
  const message = `${key}: there is no file '${file}', so Echo cannot show who it is to Google Pub/Sub.`;
  throw new EchoError(message, { code: 'faulty-pubsub' });
}
