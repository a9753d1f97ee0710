import { existsSync } from 'node:fs';
import type { ClientConfig, PubSub } from '@google-cloud/pubsub';
import { EchoError } from '../../platform/errors/index.js';
import type { LibraryTransport } from '../../platform/http/index.js';
import { channelsThrough } from './google-channels.js';

/** Where clients go, and how they get there. */
export interface GoogleWay {
  readonly endpoint: string | undefined;
  readonly transport: LibraryTransport;
}

/** Whose client it is. */
export interface GoogleAccess extends GoogleWay {
  readonly project: string;
  /** Key of a service account; without one the application's default credentials hold. */
  readonly keyFile: string | undefined;
}

/** Else the library takes every host but Google's own for an emulator, and calls it without TLS and credentials. */
const isSecure = (endpoint: string): boolean => endpoint.startsWith('https://');

/** A client of the official library, which is loaded only where something is configured. */
export async function googleClient({ project, keyFile, endpoint, transport }: GoogleAccess): Promise<PubSub> {
  const [{ PubSub }, { grpc }] = await Promise.all([import('@google-cloud/pubsub'), import('google-gax')]);
  const config: ClientConfig = {
    projectId: project,
    ...(keyFile !== undefined && { keyFilename: keyFile }),
    ...(endpoint !== undefined && { apiEndpoint: endpoint, ...(isSecure(endpoint) && { emulatorMode: false }) }),
    clientOptions: { transporterOptions: { fetchImplementation: transport.fetch } },
    ...channelsThrough(grpc, transport),
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
