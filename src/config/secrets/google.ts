import type { ClientOptions } from 'google-gax';
import type { SecretEngine } from './engine.js';

/**
 * Google Secret Manager: `google-secrets-manager!p:<project>!s:<secret>!v:<version>!k:<key>`, the latest version where
 * none is named. Over REST, which passes proxies that gRPC does not.
 */
export const googleSecretManager = (options: ClientOptions = {}): SecretEngine => ({
  required: ['p', 's'],
  holdsDocuments: true,
  async read(parameter) {
    const { SecretManagerServiceClient } = await import('@google-cloud/secret-manager');
    const client = new SecretManagerServiceClient({ fallback: true, ...options });
    try {
      const name = `projects/${parameter('p')}/secrets/${parameter('s')}/versions/${parameter('v')}`;
      const [{ payload }] = await client.accessSecretVersion({ name });
      return Buffer.from(payload?.data ?? '');
    } finally {
      await client.close();
    }
  },
});

/** An object in Google Cloud Storage: `gcs!b:<bucket>!f:<path>!k:<key>`. */
export const googleStorage: SecretEngine = {
  required: ['b', 'f'],
  holdsDocuments: true,
  async read(parameter) {
    const { Storage } = await import('@google-cloud/storage');
    const [bytes] = await new Storage().bucket(parameter('b')).file(parameter('f')).download();
    return bytes;
  },
};
