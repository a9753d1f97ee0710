import type { ClientOptions } from 'google-gax';
import { type SecretEngine, SecretError } from './engine.js';

/**
 * Google Secret Manager: `google-secrets-manager!p:<project>!s:<secret>!v:<version>!k:<key>`, the latest version where
 * none is named. Over REST, which passes proxies that gRPC does not.
 */
export const googleSecretManager = (options: ClientOptions = {}): SecretEngine => ({
  required: ['p', 's'],
  holdsDocuments: true,
  async read(parameter, { transport }) {
    const { SecretManagerServiceClient } = await import('@google-cloud/secret-manager');
    const clientOptions = { transporterOptions: { fetchImplementation: transport.fetch } };
    const client = new SecretManagerServiceClient({ fallback: true, clientOptions, ...options });
    try {
      const name = `projects/${parameter('p')}/secrets/${parameter('s')}/versions/${parameter('v')}`;
      const [{ payload }] = await client.accessSecretVersion({ name });
      return Buffer.from(payload?.data ?? '');
    } finally {
      await client.close();
    }
  },
});

const PUBLIC_STORAGE = 'https://storage.googleapis.com';

/**
 * An object in Google Cloud Storage: `gcs!b:<bucket>!f:<path>!k:<key>`. Asked for with Google's own credentials library; its
 * client for storage takes neither an agent nor CAs. `STORAGE_EMULATOR_HOST` is asked without credentials.
 */
export const googleStorage: SecretEngine = {
  required: ['b', 'f'],
  holdsDocuments: true,
  async read(parameter, { environment, transport }) {
    const emulator = environment['STORAGE_EMULATOR_HOST'];
    const object = `b/${encodeURIComponent(parameter('b'))}/o/${encodeURIComponent(parameter('f'))}?alt=media`;
    const url = `${emulator ?? PUBLIC_STORAGE}/storage/v1/${object}`;
    const bytes = await (emulator ? fetched(url, transport.fetch) : fetchedAsOneself(url, transport.fetch));
    return Buffer.from(bytes);
  },
};

async function fetched(url: string, fetch: typeof globalThis.fetch): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new SecretError(`Google Cloud Storage answered ${answer.status}`);
  return answer.arrayBuffer();
}

async function fetchedAsOneself(url: string, fetchImplementation: typeof fetch): Promise<ArrayBuffer> {
  const { GoogleAuth } = await import('google-auth-library');
  const auth = new GoogleAuth({
    scopes: 'https://www.googleapis.com/auth/devstorage.read_only',
    clientOptions: { transporterOptions: { fetchImplementation } },
  });
  return (await auth.request<ArrayBuffer>({ url, responseType: 'arraybuffer', retry: true })).data;
}
